import { expect, test } from "vitest";
import type { BlameFacts } from "./blame-facts.ts";
import { decideBlame } from "./decide-blame.ts";

const facts: BlameFacts = {
  kind: "test",
  ref: "tests/a:works",
  module: "src/a",
  state: "current",
  dependencies: [],
  authored: { passed: 0, failed: 0 },
};
const passing = { earlier: { from: "git HEAD (1a2b3c4)", passes: true } };
const changed = { module: "src/b", changed: "contract", ownFailures: 0, sharedFailures: 1 } as const;
const failing = { module: "src/b", ownFailures: 2, sharedFailures: 1 };

test.each<[string, Partial<BlameFacts>, string]>([
  [
    "words that contradict each other",
    { kind: "example", contradiction: "the doc says otherwise", ...passing },
    "the example itself, for the doc says otherwise.",
  ],
  ["an edited file", { state: "edited", ...passing }, "the code of src/a, which was edited by hand."],
  ["a stale module", { state: "stale" }, "the code of src/a, which is older than its spec."],
  [
    "code that changed",
    { ...passing, dependencies: [failing] },
    "the code of src/a, which changed under the test: it passes with the code from git HEAD (1a2b3c4).",
  ],
  [
    "a dependency that fails itself",
    { dependencies: [changed, failing] },
    "src/b, which src/a needs and 2 tests of which fail too. Begin there.",
  ],
  [
    "a dependency's contract",
    { state: "stale", dependencies: [changed] },
    "src/b, whose contract changed since src/a was built.",
  ],
  [
    "the dependency that most failed tests need",
    { dependencies: [changed, { ...changed, module: "src/c", changed: "body", sharedFailures: 3 }] },
    "src/c, whose code changed since the last commit; 3 failed tests need it.",
  ],
  [
    "a dependency, as earlier code fails too",
    { dependencies: [changed], earlier: { from: "x", passes: false } },
    "src/b, whose contract changed since src/a was built; the code of src/a from x fails as well.",
  ],
  [
    "a generated test against examples that pass",
    { authored: { passed: 3, failed: 0 } },
    "the generated test, for all 3 examples of what it tests pass.",
  ],
  [
    "code that fails its examples as well",
    { authored: { passed: 3, failed: 1 } },
    "the code of src/a, for one example of it fails too.",
  ],
  [
    "an example",
    { kind: "example", authored: { passed: 3, failed: 0 } },
    "the code of src/a; the example is its author's word.",
  ],
  [
    "an example among others that fail",
    { kind: "property", authored: { passed: 0, failed: 2 } },
    "the code of src/a, for 2 other examples fail too; the property is its author's word.",
  ],
])("%s", (_, known, blamed) => {
  expect(decideBlame({ ...facts, ...known })).toMatch(`Likelier at fault: ${blamed}`);
});

test("a module that is not built, and a test that nothing speaks for or against", () => {
  expect(decideBlame({ ...facts, state: "unbuilt" })).toBe("src/a is not built yet: `jaunt build --target src/a`.");
  expect(decideBlame(facts)).toContain("It may be the test or the code: what it tests has no example");
});

test("a generated test is written anew by a command that works", () => {
  expect(decideBlame({ ...facts, authored: { passed: 1, failed: 0 } })).toContain(
    "`jaunt test --force --no-cache --target tests/a`",
  );
});
