import type { TestRun } from "@jaunt/core";
import { describe, expect, test } from "vitest";
import { evidenceOf } from "./verify-examples.ts";

const nothing: TestRun = { passed: 0, failed: 0, skipped: 0, diagnostics: [] };

describe("evidence says what passed, of each kind", () => {
  test.each<[Partial<TestRun>, string]>([
    [{}, "types only"],
    [{ passedByKind: {} }, "types only"],
    [{ passed: 3 }, "types and 3 examples"],
    [{ passed: 1, passedByKind: { property: 1 } }, "types and 1 property"],
    [{ passed: 5, passedByKind: { property: 2, example: 3 } }, "types, 3 examples and 2 properties"],
    [{ passed: 4, passedByKind: { example: 1, property: 2, test: 1 } }, "types, 1 example, 2 properties and 1 test"],
    [{ passed: 1, passedByKind: { test: 1 }, skipped: 2 }, "types and 1 test; 2 not run"],
  ])("%j", (run, words) => {
    expect(evidenceOf({ ...nothing, ...run })).toBe(words);
  });

  test("and why the rest did not run", () => {
    const message = "1 example is not run: it needs the network.";
    const note = { code: "verify/not-run", severity: "info", message, file: "src/a.jaunt.ts" } as const;
    const words = "types only; 1 example is not run: it needs the network";
    expect(evidenceOf({ ...nothing, skipped: 1, diagnostics: [note] })).toBe(words);
  });
});
