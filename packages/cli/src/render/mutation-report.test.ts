import { expect, test } from "vitest";
import { renderMutation } from "./mutation-report.ts";
import { createView } from "./view.ts";

const view = createView({ color: false, width: 100, verbose: false, readText: () => undefined });
const survivor = { description: "`a < b` to `a <= b`", file: "src/__generated__/a.ts", line: 14 };

test("a table by spec, then each survivor once, and what to do about it", () => {
  const scores = [
    { ref: "src/a:first", mutants: 7, killed: 6, survivors: [survivor], left_out: 0 },
    { ref: "src/a:second", mutants: 12, killed: 11, survivors: [survivor], left_out: 4 },
  ];
  expect(renderMutation(scores, view)).toMatchInlineSnapshot(`
    "mutants: small mistakes planted in built code, and how many of them a test noticed
    spec          killed  mutants  share
    src/a:first   6       7        85 %
    src/a:second  11      12       91 %
    1 mutant that no test noticed:
      src/__generated__/a.ts:14 \`a < b\` to \`a <= b\`
    hint: an \`@example\` whose call gives another value with the change would notice it; not every change can be noticed.
    Not all were run: \`--mutants=<n>\` runs up to <n> in each module."
  `);
});

test("where all were killed, or there were none, nothing is asked for", () => {
  const done = [{ ref: "src/a:first", mutants: 7, killed: 7, survivors: [], left_out: 0 }];
  expect(renderMutation(done, view).split("\n").slice(1)).toEqual([
    "spec         killed  mutants  share",
    "src/a:first  7       7        100 %",
  ]);
  expect(renderMutation([], view).split("\n").slice(1)).toEqual(["none"]);
});
