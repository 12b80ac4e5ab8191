import type { Conventions, Rule } from "@jaunt/core";

/**
 * What the conventions of all modules of a language agree on, so that one text serves them all: rules, fence and import style.
 * What they do not agree on is left empty and belongs to each module's own part of a prompt.
 */
export function sharedConventions(all: Iterable<Conventions>): Conventions {
  let shared: Conventions | undefined;
  for (const conventions of all) shared = shared === undefined ? conventions : meet(shared, conventions);
  return shared ?? { language: "", fence: "", rules: [], packages: [], importStyle: "" };
}

/** The rules of a module that are not among the shared ones. */
export function ownRules(conventions: Conventions, shared: Conventions): readonly Rule[] {
  const texts = new Set(shared.rules.map(({ text }) => text));
  return conventions.rules.filter(({ text }) => !texts.has(text));
}

function meet(left: Conventions, right: Conventions): Conventions {
  if (left === right) return left;
  const texts = new Set(right.rules.map(({ text }) => text));
  const rules = left.rules.filter(({ text }) => texts.has(text));
  return {
    language: left.language,
    fence: left.fence === right.fence ? left.fence : left.fence < right.fence ? left.fence : right.fence,
    rules: rules.length === left.rules.length ? left.rules : rules,
    packages: [],
    importStyle: left.importStyle === right.importStyle ? left.importStyle : "",
  };
}
