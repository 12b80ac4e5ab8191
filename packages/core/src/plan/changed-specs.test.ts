import { expect, test } from "vitest";
import { link, module, spec } from "../graph/project.test.helper.ts";
import { changedSpecs } from "./changed-specs.ts";
import type { Reason } from "./plan.ts";

const app = module(
  "src/app",
  [spec("parse"), spec("show", ["body:parse"]), spec("send", ["body:post"]), spec("close")],
  {
    imports: ["post from ./net.js"],
  },
);
const graph = link([app, module("src/net", [spec("post")])]);
const change = { old: "aa", new: "bb" };
const own: Reason = { kind: "spec_changed", part: "spec:parse", ...change };
const dependency: Reason = { kind: "dependency_changed", ref: "src/net:post", part: "dep:src/net:post", ...change };
const modelDrift: Reason = { kind: "model_changed", old: "one", new: "two" };
const context: Reason = { kind: "context_changed", part: "context", ...change };

const rows: readonly [string, readonly Reason[], readonly string[] | undefined, readonly string[] | undefined][] = [
  // reasons, what changed itself, what changed or uses what changed
  ["a spec", [own], ["parse"], ["parse", "show"]],
  ["a new spec", [{ kind: "spec_added", part: "spec:close" }], ["close"], ["close"]],
  ["a spec that is gone", [{ kind: "spec_removed", part: "spec:gone" }], [], []],
  ["a dependency", [dependency], [], ["send"]],
  ["a spec and a dependency", [own, dependency], ["parse"], ["parse", "show", "send"]],
  ["a spec after a failure", [{ kind: "generation_failed", detail: "no" }, own], ["parse"], ["parse", "show"]],
  ["a spec and another model", [own, modelDrift], ["parse"], ["parse", "show"]],
  ["only the model", [modelDrift], undefined, undefined],
  ["hand-written code", [own, context], undefined, undefined],
  ["something the header does not tell", [{ kind: "spec_changed", part: "module", ...change }], undefined, undefined],
  ["nothing, but it was forced", [own, { kind: "forced" }], undefined, undefined],
  ["nothing, but a check failed", [{ kind: "check_failed", detail: "no" }], undefined, undefined],
];

test.each(rows)("what has to be written anew when this changed: %s", (_, reasons, alone, withUsers) => {
  expect(changedSpecs(app, reasons, graph, { withUsers: false, rebuildOn: [] })).toEqual(alone);
  expect(changedSpecs(app, reasons, graph, { withUsers: true, rebuildOn: [] })).toEqual(withUsers);
});

test("another model is a reason to write everything anew where the project says so", () => {
  const options = { withUsers: false, rebuildOn: ["model"] as const };
  expect(changedSpecs(app, [own, modelDrift], graph, options)).toBeUndefined();
});
