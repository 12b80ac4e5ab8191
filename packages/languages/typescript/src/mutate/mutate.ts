import type { Layout, Mutant, SpecSource } from "@jaunt/core";
import { place } from "../layout/place.ts";
import { parseSource } from "../syntax/parse-source.ts";
import { locate } from "../syntax/position.ts";
import { codeUnits } from "./code-units.ts";
import { findChanges, readCode } from "./find-changes.ts";
import { spread } from "./spread.ts";

/**
 * Mutants of a built file: each with one small mistake in code that a model wrote, in an order that depends on the text alone and of
 * which every beginning is a fair sample. They parse; whether the compiler takes them is not asked. None of a test module, or of a
 * text that does not parse.
 */
export function mutate(source: SpecSource, built: string, layout: Layout): readonly Mutant[] {
  const { generated } = place(source.module, layout);
  const parsed = parseSource(generated, built);
  if (source.module.role === "test" || parsed.problems.length > 0) return [];
  const code = readCode(parsed);
  const units = codeUnits(source, parsed).map((unit) =>
    findChanges(unit, code).map((change) => ({ specs: unit.specs, change })),
  );
  const seen = new Set([built]);
  return spread(units).flatMap(({ specs, change }): readonly Mutant[] => {
    const text = built.slice(0, change.start) + change.text + built.slice(change.end);
    if (seen.has(text)) return [];
    seen.add(text);
    return [{ specs, description: change.description, start: locate(generated, built, change).start, built: text }];
  });
}
