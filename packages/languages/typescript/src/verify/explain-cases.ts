import {
  casesOf,
  createFinder,
  type CaseExplanation,
  type Layout,
  type ProjectFiles,
  type SpecSource,
} from "@jaunt/core";
import { isProse } from "../read/expectations.ts";
import { explainProperty } from "../read/read-properties.ts";
import { readCaseScope } from "./case-scope.ts";
import { readCase } from "./read-case.ts";

/** Every example and property of a module in their order, with the reason why those are documentation that are not checked. */
export function explainCases(source: SpecSource, layout: Layout, files?: ProjectFiles): readonly CaseExplanation[] {
  const { module, text } = source;
  if (module.role === "test") return [];
  const scope = readCaseScope(source, layout, files);
  const cases = casesOf(source).values();
  const findExample = createFinder(text);
  const findProperty = createFinder(text);
  const none = { textOf: () => undefined };
  const explain = (
    kind: CaseExplanation["kind"],
    ref: string,
    written: string,
    place: Pick<CaseExplanation, "start">,
    unread: string | undefined,
  ): CaseExplanation => {
    const next = unread === undefined ? cases.next().value : undefined;
    const read = next === undefined ? unread : readCase(next, scope, none);
    const about = { kind, text: written, ref, ...place };
    return typeof read === "string" ? { ...about, checked: false, reason: read } : { ...about, checked: true };
  };
  return [
    ...module.specs.flatMap(({ ref, examples }) =>
      examples.map(({ text: own, call }) =>
        explain("example", ref, own, findExample(own), call === undefined ? whyUnread(own) : undefined),
      ),
    ),
    ...module.specs.flatMap(({ ref, properties = [] }) =>
      properties.map(({ text: own, invariant }) =>
        explain("property", ref, own, findProperty(own), invariant === undefined ? whyNotRead(own) : undefined),
      ),
    ),
  ];
}

function whyUnread(text: string): string {
  if (text.length > 5000) return "it is too long";
  if (isProse(text) && !/[(`]/.test(text)) return "it is text";
  return /\/\//.test(text)
    ? "no comment in it says plainly what a call comes to"
    : "no comment says what its last call comes to";
}

function whyNotRead(text: string): string {
  return explainProperty(text) ?? "it is of no form that is read";
}
