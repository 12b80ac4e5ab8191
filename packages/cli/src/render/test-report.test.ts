import type { TestReport } from "@jaunt/orchestrator";
import { expect, test } from "vitest";
import { renderTest } from "./test-report.ts";
import { createView } from "./view.ts";

const view = createView({ color: false, width: 80, verbose: false, readText: () => undefined });
const report: TestReport = {
  schema: "jaunt.test/1",
  command: "test",
  runner: "vitest",
  build: {
    generated: ["src/a"],
    restamped: [],
    skipped: [],
    failed: [
      {
        module: "src/b",
        outcome: "failed",
        message: "src/b failed to build after 3 attempts.",
        attempts: 3,
        diagnostics: [],
      },
    ],
    calls: 4,
    usage: { input: 0, cacheRead: 0, cacheWrite: 0, output: 0, reasoning: 0 },
    cost: 0,
  },
  generated: ["tests/a"],
  restamped: [],
  skipped: [],
  failed: [],
  written: [],
  calls: 1,
  cache_hits: 0,
  usage: { input: 1000, cacheRead: 0, cacheWrite: 0, output: 100, reasoning: 0 },
  cost: 0.02,
  tests: [
    {
      kind: "test",
      ref: "tests/a:good",
      name: "good",
      outcome: "passed",
      file: "tests/__generated__/a.test.ts",
      duration_ms: 1,
    },
    {
      kind: "test",
      ref: "tests/a:bad",
      name: "bad",
      outcome: "failed",
      file: "tests/__generated__/a.test.ts",
      line: 12,
      duration_ms: 1,
      message: "Expected values to be equal:\n\n1 !== 2\n\u001b[2J",
      hint: "The code changed since this test last passed.",
    },
    {
      kind: "example",
      ref: "src/a:half",
      name: "half(4) // => 2",
      outcome: "failed",
      file: "tests/__generated__/examples/src/a.test.ts",
      duration_ms: 1,
    },
  ],
  counts: { passed: 1, failed: 2, skipped: 0 },
  diagnostics: [],
  interrupted: false,
  duration_seconds: 1.25,
};

test("what was not built, a line for each test that failed, and one summary", () => {
  expect(renderTest(report, view)).toMatchInlineSnapshot(`
    "failed src/b: src/b failed to build after 3 attempts. (3 attempts)
    ✗ tests/a:bad tests/__generated__/a.test.ts:12: Expected values to be equal:

        1 !== 2
        hint: The code changed since this test last passed.
    ✗ example of src/a:half: half(4) // => 2 tests/__generated__/examples/src/a.test.ts: failed
    test: 1 module built, 1 test module generated (1,000 input tokens, 100 output tokens, ~$0.02), 1 module not built, 1 test passed, 2 failed in 1.3 s"
  `);
});

test("colours are there when asked for, and an interrupted run says so", () => {
  const colored = createView({ color: true, width: 80, verbose: false, readText: () => undefined });
  expect(renderTest(report, colored)).toContain("\u001b[31m✗");
  expect(renderTest({ ...report, interrupted: true }, view)).toMatch(/^test: interrupted, 1 module built/m);
});
