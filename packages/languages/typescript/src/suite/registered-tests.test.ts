import { expect, test } from "vitest";
import { registeredTests } from "./registered-tests.ts";

test.each<[what: string, text: string, names: readonly string[]]>([
  ["a test spec", 'import { test as x } from "vitest";\nexport function a() {}\nx("a", a);', ["a"]],
  ["node:test", 'import { test } from "node:test";\ntest("a", () => {});', ["a"]],
  ["its default export", 'import test from "node:test";\nawait test("a", () => {});', ["a"]],
  ["it, and a template without holes", 'import { it } from "vitest";\nit(`a "b"`, () => {});', ['a "b"']],
  [
    "groups, in order",
    'import { describe, test } from "vitest";\ndescribe("g", () => { test("a", f); describe("h", function () { test("b", f); }); });\ntest("c", f);',
    ["a", "b", "c"],
  ],
  ["the same name twice", 'import { test } from "vitest";\ntest("a", f);\ntest("a", f);', ["a", "a"]],
  ["names that only a run can tell", 'import { test } from "vitest";\ntest(name(), f);\ntest.each([1])("%d", f);', []],
  ["what is called test and is not", 'import { test } from "./mine.js";\ntest("a", f);', []],
  ["a call inside of a function", 'import { test } from "vitest";\nfunction f() { test("a", f); }', []],
  ["no TypeScript", 'import { test } from "vitest";\ntest("a",', []],
])("%s", (_what, text, names) => {
  expect(registeredTests("a.test.ts", text)).toEqual(names);
});
