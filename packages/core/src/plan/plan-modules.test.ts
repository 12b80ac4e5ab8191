import { expect, test } from "vitest";
import { digest } from "../digest/digest.ts";
import { graphOf } from "../graph/project.test.helper.ts";
import type { Header } from "../header/header.ts";
import { explainReason } from "./explain-reason.ts";
import type { GeneratedFile, ModuleDigests, Plan, Reason } from "./plan.ts";
import { planModules, type PlanInput } from "./plan-modules.ts";

const now: ModuleDigests = {
  module: "src/a",
  moduleDigest: digest("test", ["now"]),
  parts: { context: "c1", "spec:f": "f1", "dep:src/b:g": "g1" },
  contracts: {},
};

const headerWithoutParts: Header = {
  toolVersion: "0.1.0",
  kind: "build",
  sourceModule: "src/a",
  sourcePath: "src/a.jaunt.ts",
  moduleDigest: now.moduleDigest,
  bodyDigest: digest("test", ["body"]),
  generator: { model: "replay/one", prompt: "0123456789ab" },
  specRefs: ["src/a:f"],
};

const header: Header = { ...headerWithoutParts, parts: now.parts };

const current: GeneratedFile = {
  path: "src/__generated__/a.ts",
  parsed: { header, body: "" },
  bodyDigest: header.bodyDigest ?? "",
};
const stale: GeneratedFile = withHeader({
  moduleDigest: digest("test", ["before"]),
  parts: { context: "c1", "spec:f": "f0", "dep:src/b:g": "g1" },
});

function withHeader(changes: Partial<Header>): GeneratedFile {
  return { ...current, parsed: { header: { ...header, ...changes }, body: "" } };
}

function plan(generated: GeneratedFile | undefined, changes: Partial<PlanInput> = {}): Plan {
  return planModules({
    modules: [{ id: "src/a" }],
    graph: { ...graphOf(), modules: ["src/a"] },
    digests: new Map([["src/a", now]]),
    generatedPaths: new Map([["src/a", current.path]]),
    generated: generated === undefined ? new Map() : new Map([["src/a", generated]]),
    generator: { model: "replay/one", prompt: "0123456789ab" },
    ...changes,
  });
}

const failed = new Map([["src/a", "3 attempts, the same 2 errors"]]);
const newModel = { generator: { model: "replay/two", prompt: "0123456789ab" } };
const newPrompts = { generator: { model: "replay/one", prompt: "ba9876543210" } };
const specChange = { kind: "spec_changed", part: "spec:f", old: "f0", new: "f1" };

const states: readonly [string, GeneratedFile | undefined, Partial<PlanInput>, string, readonly object[]][] = [
  ["no file", undefined, {}, "unbuilt", [{ kind: "never_built" }]],
  ["a placeholder", withHeader({ kind: "placeholder" }), {}, "unbuilt", [{ kind: "placeholder" }]],
  ["equal digests", current, {}, "current", []],
  ["other tool versions", withHeader({ toolVersion: "9.9.9" }), {}, "current", []],
  ["another spec digest", stale, {}, "stale", [specChange]],
  [
    "parts that came, went and changed",
    withHeader({
      moduleDigest: "0",
      parts: { context: "c0", "spec:old": "o1", "dep:src/b:g": "g0", "dep:src/b:gone": "x1" },
    }),
    {},
    "stale",
    [
      { kind: "spec_added", part: "spec:f" },
      { kind: "spec_removed", part: "spec:old" },
      { kind: "context_changed", part: "context", old: "c0", new: "c1" },
      { kind: "dependency_changed", ref: "src/b:g", part: "dep:src/b:g", old: "g0", new: "g1" },
      { kind: "dependency_removed", ref: "src/b:gone", part: "dep:src/b:gone" },
    ],
  ],
  [
    "a dependency more",
    withHeader({ moduleDigest: "0", parts: { context: "c1", "spec:f": "f1" } }),
    {},
    "stale",
    [{ kind: "dependency_added", ref: "src/b:g", part: "dep:src/b:g" }],
  ],
  [
    "a header without parts",
    { ...current, parsed: { header: { ...headerWithoutParts, moduleDigest: "0" }, body: "" } },
    {},
    "stale",
    [{ kind: "spec_changed", part: "module", old: "0", new: now.moduleDigest.slice(0, 16) }],
  ],
  [
    "the file of another module",
    withHeader({ sourceModule: "src/z" }),
    {},
    "stale",
    [{ kind: "header_damaged", detail: "it was generated from src/z" }],
  ],
  ["another model", current, newModel, "outdated", [{ kind: "model_changed", old: "replay/one", new: "replay/two" }]],
  [
    "other prompts",
    current,
    newPrompts,
    "outdated",
    [{ kind: "prompts_changed", old: "0123456789ab", new: "ba9876543210" }],
  ],
  [
    "another model where that counts",
    current,
    { ...newModel, rebuildOn: ["model"] },
    "stale",
    [{ kind: "model_changed", old: "replay/one", new: "replay/two" }],
  ],
  [
    "other prompts where only models count",
    current,
    { ...newPrompts, rebuildOn: ["model"] },
    "outdated",
    [{ kind: "prompts_changed", old: "0123456789ab", new: "ba9876543210" }],
  ],
  ["a model that is not known yet", current, { generator: { model: "", prompt: "0123456789ab" } }, "current", []],
  [
    "a stale file by another model",
    stale,
    newModel,
    "stale",
    [specChange, { kind: "model_changed", old: "replay/one", new: "replay/two" }],
  ],
  ["an edited body", { ...current, bodyDigest: "0" }, {}, "edited", [{ kind: "body_edited" }]],
  [
    "an edited body of a stale file that failed",
    { ...stale, bodyDigest: "0" },
    { failed },
    "edited",
    [{ kind: "body_edited" }, specChange],
  ],
  [
    "a damaged header",
    { ...current, parsed: { problem: "damaged", detail: "its first line is missing" } },
    {},
    "edited",
    [{ kind: "header_damaged", detail: "its first line is missing" }],
  ],
  [
    "a merge conflict",
    { ...current, parsed: { problem: "merge-conflict", detail: "markers" } },
    {},
    "edited",
    [{ kind: "header_damaged", detail: "markers" }],
  ],
  [
    "a failed generation of a stale file",
    stale,
    { failed },
    "failed",
    [{ kind: "generation_failed", detail: "3 attempts, the same 2 errors" }, specChange],
  ],
  [
    "a failed generation of what was never built",
    undefined,
    { failed },
    "failed",
    [{ kind: "generation_failed", detail: "3 attempts, the same 2 errors" }, { kind: "never_built" }],
  ],
  [
    "a file that no longer type-checks",
    current,
    { checkFailed: new Map([["src/a", "TS2322"]]) },
    "stale",
    [{ kind: "check_failed", detail: "TS2322" }],
  ],
  ["a current file that is forced", current, { forced: new Set(["src/a"]) }, "stale", [{ kind: "forced" }]],
  [
    "an edited file that is forced",
    { ...current, bodyDigest: "0" },
    { forced: new Set(["src/a"]) },
    "edited",
    [{ kind: "body_edited" }, { kind: "forced" }],
  ],
];

test.each(states)("%s", (_, generated, changes, state, reasons) => {
  const result = plan(generated, changes);
  expect(result.modules).toHaveLength(1);
  expect(result.modules[0]).toMatchObject({ id: "src/a", state, reasons, generatedPath: current.path });
});

test("what needs a failed module, directly or not, is blocked if it would have to be built", () => {
  const ids = ["app", "bottom", "current", "far", "lone", "ring"];
  const file = (id: string): GeneratedFile => withHeader({ sourceModule: id });
  const result = planModules({
    modules: ids.map((id) => ({ id })),
    graph: {
      ...graphOf(
        "app:f -> bottom:f",
        "current:f -> bottom:f",
        "far:f -> current:f",
        "ring:f -> app:f",
        "app:g -> ring:g",
      ),
      modules: ids,
    },
    digests: new Map(ids.map((id) => [id, { ...now, module: id }])),
    generatedPaths: new Map(),
    generated: new Map([["current", file("current")]]),
    failed: new Map([["bottom", "no reply"]]),
  });
  expect(Object.fromEntries(result.modules.map((item) => [item.id, item.state]))).toEqual({
    app: "blocked",
    bottom: "failed",
    current: "current",
    far: "blocked",
    lone: "unbuilt",
    ring: "blocked",
  });
  expect(result.modules[0]).toMatchObject({
    dependsOn: ["bottom", "ring"],
    reasons: [{ kind: "dependency_failed", module: "bottom" }, { kind: "never_built" }],
  });
  expect(result.order.indexOf("bottom")).toBeLessThan(result.order.indexOf("app"));
  expect([...result.order].sort()).toEqual(ids);
});

test("generated files without a spec are orphans, named by their module or else by their path", () => {
  const orphans = [
    { path: "src/__generated__/gone.ts", parsed: { header: { ...header, sourceModule: "src/gone" }, body: "" } },
    { path: "old/__generated__/a.ts", parsed: current.parsed },
    { path: "src/__generated__/torn.ts", parsed: { problem: "damaged" as const, detail: "torn" } },
  ];
  const result = plan(current, { orphans });
  expect(result.modules.map((item) => [item.id, item.state, item.generatedPath])).toEqual([
    ["old/__generated__/a.ts", "orphaned", "old/__generated__/a.ts"],
    ["src/__generated__/torn.ts", "orphaned", "src/__generated__/torn.ts"],
    ["src/a", "current", "src/__generated__/a.ts"],
    ["src/gone", "orphaned", "src/__generated__/gone.ts"],
  ]);
  expect(result.order).toEqual(["src/a"]);
});

const reasons: readonly Reason[] = [
  { kind: "never_built" },
  { kind: "placeholder" },
  { kind: "spec_added", part: "spec:f" },
  { kind: "spec_removed", part: "spec:f" },
  { kind: "spec_changed", part: "spec:f", old: "1", new: "2" },
  { kind: "spec_changed", part: "module", old: "1", new: "2" },
  { kind: "context_changed", part: "context", old: "1", new: "2" },
  { kind: "dependency_changed", ref: "src/b:g", part: "dep:src/b:g", old: "1", new: "2" },
  { kind: "dependency_added", ref: "src/b:g", part: "dep:src/b:g" },
  { kind: "dependency_removed", ref: "src/b:g", part: "dep:src/b:g" },
  { kind: "body_edited" },
  { kind: "header_damaged", detail: "its first line is missing" },
  { kind: "model_changed", old: "a/b", new: "c/d" },
  { kind: "prompts_changed", old: "1", new: "2" },
  { kind: "check_failed", detail: "TS2322: Type 'string' is not assignable to type 'number'." },
  { kind: "generation_failed", detail: "the model refused." },
  { kind: "dependency_failed", module: "src/b" },
  { kind: "source_missing" },
  { kind: "forced" },
];

test("every reason has a sentence of its own that names what it is about", () => {
  const sentences = reasons.map(explainReason);
  for (const sentence of sentences) expect(sentence).toMatch(/^[A-Z`].*\.$/);
  expect(new Set(sentences).size).toBe(reasons.length);
  expect(explainReason({ kind: "dependency_failed", module: "src/b" })).toBe(
    "It depends on src/b, which failed to build. Fix the dependency first.",
  );
  expect(explainReason({ kind: "spec_changed", part: "spec:parseEmail", old: "1", new: "2" })).toContain("parseEmail");
  expect(
    explainReason({ kind: "dependency_changed", ref: "src/b:g", part: "dep:src/b:g", old: "1", new: "2" }),
  ).toContain("src/b:g");
});

test("ten thousand modules are planned in well under a second", () => {
  const ids = Array.from({ length: 10_000 }, (_, index) => `m${index}`);
  const graph = { ...graphOf(...ids.slice(1).map((id, index) => `${id}:f -> m${index}:f`)), modules: ids };
  const start = performance.now();
  const result = planModules({
    modules: ids.map((id) => ({ id })),
    graph,
    digests: new Map(),
    generatedPaths: new Map(),
    generated: new Map(),
    failed: new Map([["m0", "no reply"]]),
  });
  expect(result.modules.filter((item) => item.state === "blocked")).toHaveLength(9_999);
  expect(performance.now() - start).toBeLessThan(2_000);
});
