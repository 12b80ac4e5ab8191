import { expect, test } from "vitest";
import { anchorOf, anchorsOf } from "./markdown-anchors.ts";

test.each([
  ["Exit codes", "exit-codes"],
  ["jaunt build: jaunt.build/1", "jaunt-build-jauntbuild1"],
  ["jaunt --help: jaunt.help/1", "jaunt---help-jaunthelp1"],
  ["`[cache] remote`", "cache-remote"],
  ["spec_info & more", "spec_info--more"],
  ["[Providers](providers.md), *all* of them", "providers-all-of-them"],
  ["Prüfung: was übrig bleibt", "prüfung-was-übrig-bleibt"],
])("the heading %j is found by #%s", (heading, anchor) => {
  expect(anchorOf(heading)).toBe(anchor);
});

test("a heading that is there again gets a number, and a comment in a block of code is no heading", () => {
  const page = "# Errors\n\n## Errors\n\n```sh\n# Errors\n```\n\n### Errors-1\n\n## Errors\n";
  expect(anchorsOf(page)).toEqual(["errors", "errors-1", "errors-1-1", "errors-2"]);
});
