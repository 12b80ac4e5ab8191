import type { ModuleState, Plan } from "@jaunt/core/plan";
import { expect, test } from "vitest";
import { modulesBehind } from "./modules-behind.ts";

/** base <- middle <- top, and other; base is in the state that is asked about. */
function planWith(state: ModuleState): Plan {
  const module = (id: string, dependsOn: readonly string[], own: ModuleState = "current"): Plan["modules"][number] => ({
    id,
    state: own,
    reasons: [],
    dependsOn,
    generatedPath: `__generated__/${id}.ts`,
  });
  return {
    modules: [module("base", [], state), module("middle", ["base"]), module("top", ["middle"]), module("other", [])],
    order: [],
  };
}

test.each(["unbuilt", "edited", "failed", "blocked"] as const)(
  "whoever needs a module that is %s is behind it",
  (state) => {
    expect([...modulesBehind(planWith(state))]).toEqual(["middle", "top"]);
  },
);

test.each(["current", "outdated", "stale"] as const)(
  "nobody is behind a module that is %s: its file is what was built",
  (state) => {
    expect([...modulesBehind(planWith(state))]).toEqual([]);
  },
);

test("an unsound module that does not count holds nobody up", () => {
  expect([...modulesBehind(planWith("unbuilt"), (id) => id !== "base")]).toEqual([]);
});
