import { aritiesOf, argumentCounts } from "./count-arguments.ts";
import type { Claim } from "./find-promises.ts";
import type { LintCase } from "./lint-case.ts";
import { scanCode } from "./scan-code.ts";
import type { Spec } from "@jaunt/core";

/** What can show that a spec keeps a promise. */
export interface Evidence {
  readonly spec: Pick<Spec, "name" | "kind" | "signature">;
  /** Checked examples and properties that run it. */
  readonly cases: readonly LintCase[];
  /** Docs of the test specs that have it as their target. */
  readonly tests: readonly string[];
}

/** Whether an example or property shows what is claimed, or a test spec says that it does. The rules are those of docs/writing-specs.md. */
export function isCovered(claim: Claim, evidence: Evidence): boolean {
  return (
    evidence.cases.some((each) => shows(each, claim, evidence.spec)) || evidence.tests.some((doc) => says(doc, claim))
  );
}

function shows(each: LintCase, { kind, words }: Claim, spec: Evidence["spec"]): boolean {
  const { setup, call, expectation, strings } = each;
  const code = `${setup}\n${call}`;
  const value = expectation?.value ?? "";
  const isProperty = each.kind === "property";
  const fails = expectation?.kind === "throws" || expectation?.kind === "rejects";
  switch (kind) {
    case "throws":
      return isProperty ? words.some((word) => hasWord(call, word)) : fails && throwsOneOf(value, words);
    case "absence":
      return !fails && words.some((word) => hasWord(scanCode(isProperty ? call : value).blanked, word));
    case "empty":
      return hasEmpty(code) || (!fails && hasEmpty(value)) || /\.(?:length|size) ?===? ?0\b/.test(call);
    case "literal":
      return words.some((word) => namesLiteral(word, strings, `${code}\n${value}`));
    case "case":
      return isProperty ? /Case\(/.test(call) : strings.some((text) => /\p{Lu}/u.test(text));
    case "order":
      return isProperty || (!fails && (isList(value) || /\[0\]|\.at\(|\bjoin\(/.test(call)));
    case "default":
      return callsWithLess(code, spec);
    case "rounding":
      return isProperty || /\d\.\d|\d\/ ?\d/.test(scanCode(`${code}\n${value}`).blanked);
    case "never":
      return isProperty;
    case "must":
      return isProperty || fails;
  }
}

/** Words by which the doc of a test may say that the test shows it. */
function says(doc: string, { kind, words }: Claim): boolean {
  const patterns: Readonly<Partial<Record<Claim["kind"], RegExp>>> = {
    throws: /\b(?:throws?|rejects?|refuses?|errors?)\b/i,
    empty: /\b(?:empty|blank)\b/i,
    case: /\bcase\b|cased?\b/i,
    order: /\border|\bsort|\bfirst\b/i,
    default: /\bdefault/i,
    rounding: /\bround/i,
    never: /\bnever\b|\balways\b|\bno\b/i,
    must: /\bmust\b|\bthrows?\b|\brejects?\b|\brefuses?\b/i,
  };
  if (words.length > 0) return words.some((word) => doc.toLowerCase().includes(word.toLowerCase()));
  return patterns[kind]?.test(doc) === true;
}

/** An error of any class shows a promise that names none, or that of all errors. */
function throwsOneOf(value: string, [name]: readonly string[]): boolean {
  return name === undefined || name === "Error" || hasWord(value, name);
}

function hasWord(code: string, word: string): boolean {
  return new RegExp(String.raw`(?<![\w$])${word.replaceAll("$", String.raw`\$`)}(?![\w$])`).test(code);
}

/** An empty text, one of blanks alone or with an empty piece at an end or between two marks, an empty list, map or object. */
function hasEmpty(code: string): boolean {
  const { blanked, strings } = scanCode(code);
  return (
    /\[\s*\]|(?<![)\]>]\s*|=>\s*)\{\s*\}|\bnew \w+(?:<[^>]*>)?\(\s*\)|\bundefined\b/.test(blanked) ||
    strings.some(
      (text) =>
        /^(?:\s|\\[nrt])*$/.test(text) ||
        /([,;:|/&=])\1|^[,;:|/\n]|[,;:|/]$|^\\n|(?:\\r)?\\n(?:\\r)?\\n|^""|""$/.test(text),
    )
  );
}

/** A text that an example has in one of its own, in any case; a number must stand in it as such. */
function namesLiteral(word: string, strings: readonly string[], code: string): boolean {
  if (/^-?\d+(?:\.\d+)?$/.test(word))
    return new RegExp(String.raw`(?<![\w.])${word.replaceAll(".", String.raw`\.`)}(?![\w.])`).test(code);
  // Of a pattern in several words the first one shows that it is meant: "From sender date".
  const wanted = (/^\w{2,} \w/.test(word) ? (word.split(" ")[0] ?? "") : word.trim()).toLowerCase();
  return strings.some((text) => {
    const own = unescape(text).toLowerCase();
    return own.includes(wanted === "" ? word : wanted);
  });
}

function unescape(text: string): string {
  return text.replaceAll(/\\(["'`\\])/g, "$1");
}

/** A list, or a text, of two pieces or more. */
function isList(value: string): boolean {
  const { blanked, strings } = scanCode(value);
  return (
    /\[[^\]]*,|\bnew (?:Map|Set)\(/.test(blanked) || strings.some((text) => /[^,;\s],? ?(?:\\n|[,; ]) ?\S/.test(text))
  );
}

function callsWithLess(code: string, spec: Evidence["spec"]): boolean {
  const most = Math.max(0, ...aritiesOf(spec).map((arity) => arity.most));
  const counts = argumentCounts(code, spec.name, spec.kind === "class");
  return counts.some((count) => count < most) || /\{[^}]*\}/.test(code);
}
