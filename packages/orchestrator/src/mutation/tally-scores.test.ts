import type { Mutant } from "@jaunt/core";
import { expect, test } from "vitest";
import { judgeMutant } from "./judge-mutant.ts";
import { tallyScores, type MutantResult } from "./tally-scores.ts";

const module = { specs: ["first", "second", "third"].map((name) => ({ ref: `src/a:${name}`, name })) };
const file = { path: "src/__generated__/a.ts", headerLines: 11 };

test("mutants count for every spec that they belong to, in the order of the spec file", () => {
  const scores = tallyScores(module, file, [
    result("killed", "second"),
    result("survived", "first", "second"),
    result("left out", "second"),
    result("unknown", "first"),
  ]);
  expect(scores).toEqual([
    { ref: "src/a:first", mutants: 1, killed: 0, survivors: [survivor], left_out: 0 },
    { ref: "src/a:second", mutants: 2, killed: 1, survivors: [survivor], left_out: 1 },
  ]);
});

const survivor = { description: "`a` to `b`", file: "src/__generated__/a.ts", line: 14 };

test.each([
  ["a failure kills", { passed: 1, failed: 1, skipped: 0 }, "killed"],
  ["all as before", { passed: 2, failed: 0, skipped: 1 }, "survived"],
  ["nothing ran", { passed: 0, failed: 0, skipped: 3 }, "unknown"],
  ["less ran than before", { passed: 1, failed: 0, skipped: 2 }, "unknown"],
])("a verdict: %s", (_, counts, verdict) => {
  const before = { passed: 2, failed: 0, skipped: 1, diagnostics: [] };
  expect(judgeMutant(before, { ...counts, diagnostics: [] })).toBe(verdict);
});

function result(verdict: MutantResult["verdict"], ...specs: readonly string[]): MutantResult {
  const mutant: Mutant = { specs, description: "`a` to `b`", start: { line: 3, column: 1, offset: 20 }, built: "" };
  return { mutant, verdict };
}
