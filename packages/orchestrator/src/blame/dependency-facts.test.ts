import type { PlannedModule, Reason } from "@jaunt/core/plan";
import { expect, test } from "vitest";
import { dependencyFacts, targetsOf, type LinkedProject } from "./dependency-facts.ts";

/** `top` needs `middle`, which needs `base`. */
const project: LinkedProject = {
  plan: {
    modules: [module("top", ["middle"]), module("middle", ["base"]), module("base", []), module("other", ["base"])],
    order: [],
  },
  linksOf: () => ({
    edges: [
      { from: "tests/t:x", to: "top:f", via: "input" },
      { from: "tests/t:x", to: "base:g", via: "body" },
      { from: "tests/t:y", to: "base:g", via: "body" },
    ],
    types: new Map(),
    unresolved: [],
  }),
};

function module(id: string, dependsOn: readonly string[], reasons: readonly Reason[] = []): PlannedModule {
  return { id, state: "current", reasons, dependsOn, generatedPath: `${id}.ts` };
}

test("failures are counted through others, each once", () => {
  const failures = { own: new Map([["base", 2]]), subjects: ["top", "other", "base", "base"] };
  expect(dependencyFacts(project, "top", failures, new Set())).toEqual([
    { module: "base", ownFailures: 2, sharedFailures: 2 },
  ]);
});

test("code that changed since the commit, while the code under test stayed", () => {
  const failures = { own: new Map(), subjects: ["top"] };
  expect(dependencyFacts(project, "top", failures, new Set(["middle.ts"]))).toEqual([
    { module: "middle", changed: "body", ownFailures: 0, sharedFailures: 1 },
  ]);
  expect(dependencyFacts(project, "top", failures, new Set(["middle.ts", "top.ts"]))).toEqual([]);
});

test("a contract that changed since the code under test was built", () => {
  const changed: Reason = { kind: "dependency_changed", ref: "middle:g", part: "dep:middle:g", old: "1", new: "2" };
  const stale = {
    ...project,
    plan: { ...project.plan, modules: [module("top", ["middle"], [changed]), module("middle", [])] },
  };
  expect(dependencyFacts(stale, "top", { own: new Map(), subjects: ["top"] }, new Set())).toMatchObject([
    { module: "middle", changed: "contract" },
  ]);
});

test("a test is about what it names as its targets, else about all that it uses", () => {
  const isCode = (): boolean => true;
  expect(targetsOf(project, "tests/t:x", isCode)).toEqual(["top:f"]);
  expect(targetsOf(project, "tests/t:y", isCode)).toEqual(["base:g"]);
  expect(targetsOf(project, "tests/t:y", (id) => id !== "base")).toEqual([]);
});
