import type { Role } from "@jaunt/core";
import { expect, test } from "vitest";
import { chooseTests, withoutFailed, type ChoosableProject } from "./choose-tests.ts";

/** base <- email <- report; tests of each of the last two; other stands alone. */
const project = projectOf({
  "src/base": ["build", []],
  "src/email": ["build", ["src/base"]],
  "src/other": ["build", []],
  "src/report": ["build", ["src/email"]],
  "tests/email": ["test", ["src/email"]],
  "tests/report": ["test", ["src/report", "tests/email"]],
});

test("nothing said means everything", () => {
  expect(chooseTests(project, {})).toEqual({
    builds: ["src/base", "src/email", "src/other", "src/report"],
    tests: ["tests/email", "tests/report"],
    examples: ["src/email"],
  });
});

test("a module of tests means itself, and the building of all that it needs", () => {
  expect(chooseTests(project, { targets: ["tests/report"] })).toEqual({
    builds: ["src/base", "src/email", "src/report"],
    tests: ["tests/report"],
    examples: [],
  });
});

test("a module of code means its examples, and the tests that are about it directly", () => {
  expect(chooseTests(project, { targets: ["src/email"] })).toEqual({
    builds: ["src/base", "src/email"],
    tests: ["tests/email"],
    examples: ["src/email"],
  });
});

test("what is excluded is out, whoever needs it", () => {
  expect(chooseTests(project, { targets: ["src/email"], exclude: ["tests/*", "src/base"] })).toEqual({
    builds: ["src/email"],
    tests: [],
    examples: ["src/email"],
  });
});

test("a failure holds up whatever needs it, directly or not, and nothing else", () => {
  const all = ["src/email", "src/other", "tests/email", "tests/report"];
  expect(withoutFailed(project, all, new Set(["src/base"]))).toEqual(["src/other"]);
  expect(withoutFailed(project, all, new Set(["src/report"]))).toEqual(["src/email", "src/other", "tests/email"]);
});

function projectOf(modules: Readonly<Record<string, readonly [Role, readonly string[]]>>): ChoosableProject {
  const entries = Object.entries(modules);
  const loaded = entries.map(([id, [role]]) => {
    const examples =
      id === "src/email" ? [{ text: "f() // => 1", call: "f()", expectation: { kind: "returns", value: "1" } }] : [];
    return [id, { role, module: { id, path: `${id}.toy`, role, specs: [{ ref: `${id}:f`, name: "f", examples }] } }];
  });
  return {
    modules: new Map(loaded as never),
    plan: {
      modules: entries.map(([id, [, dependsOn]]) => ({
        id,
        state: "current",
        reasons: [],
        dependsOn,
        generatedPath: `${id}.out`,
      })),
      order: entries.map(([id]) => id),
    },
  };
}
