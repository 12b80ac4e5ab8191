import { mkdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createToyProject, fenced, type ToyProject } from "../__fixtures__/toy-project.ts";

let toy: ToyProject;
beforeEach(() => {
  toy = createToyProject({
    "src/a.toy": "spec a(number) -- Alone.\n",
    "src/b.toy": "use ./a a\nspec b(number) -- Uses {@link a}.\n",
  });
  Object.assign(toy.replies, { "src/a": fenced("fn a(number) = 1"), "src/b": fenced("fn b(number) = a@number") });
});
afterEach(() => toy.remove());

function edit(path: string, from: string, to: string): void {
  expect(toy.read(path)).toContain(from);
  toy.write(path, toy.read(path).replace(from, to));
}

describe("sync", () => {
  test("writes placeholders and facades, and the second time nothing", async () => {
    const project = await toy.open();
    expect(await project.sync()).toMatchObject({
      written: ["src/__generated__/a.out", "src/__generated__/b.out", "src/a.out", "src/b.out"],
      unchanged: 0,
      diagnostics: [],
    });
    expect(toy.read("src/__generated__/a.out")).toMatch(/# jaunt:kind=placeholder\n[^]*fn a\(number\) = not built\n$/);
    const before = toy.snapshot();
    expect(await project.sync()).toMatchObject({ written: [], unchanged: 4 });
    expect(toy.snapshot()).toEqual(before);
    expect((await project.status()).counts).toEqual({ unbuilt: 2 });
  });

  test("follows the spec while nothing is built, and never touches what is", async () => {
    const project = await toy.open();
    await project.build({ targets: ["src/a"] });
    const built = toy.read("src/__generated__/a.out");
    edit("src/a.toy", "a(number)", "a(text)");
    edit("src/b.toy", "b(number)", "b(text)");
    expect(await project.sync()).toMatchObject({ written: ["src/__generated__/b.out", "src/b.out"] });
    edit("src/b.toy", "b(text)", "b(flag)");
    expect(await project.sync()).toMatchObject({ written: ["src/__generated__/b.out"], unchanged: 3 });
    expect(toy.read("src/__generated__/a.out")).toBe(built);
  });

  test("leaves a file alone that is not Jaunt's", async () => {
    toy.write("src/__generated__/a.out", "mine\n");
    toy.write("src/a.out", "mine\n");
    const report = await (await toy.open()).sync();
    expect([toy.read("src/__generated__/a.out"), toy.read("src/a.out")]).toEqual(["mine\n", "mine\n"]);
    expect(report.diagnostics).toMatchObject([{ code: "facade/not-passed-on", file: "src/a.out" }]);
  });

  test("writes only what is selected", async () => {
    expect((await (await toy.open()).sync({ targets: ["src/a"] })).written).toEqual([
      "src/__generated__/a.out",
      "src/a.out",
    ]);
  });
});

describe("check", () => {
  const problems = async (): Promise<readonly string[]> => {
    const report = await (await toy.open()).check();
    expect(report.ok).toBe(report.problems.length === 0);
    return report.problems.map(({ module, status, fix }) => `${module} ${status}: ${fix}`);
  };

  test("passes a built project, makes no backend and writes nothing, not even a cache", async () => {
    await (await toy.open()).build();
    toy.remove(".jaunt");
    const before = toy.snapshot();
    const project = await toy.open({ createBackend: () => Promise.reject(new Error("no key")) });
    expect(await project.check()).toMatchObject({ ok: true, checked: 2, problems: [], warnings: [] });
    expect(toy.snapshot()).toEqual(before);
    expect(toy.exists(".jaunt")).toBe(false);
  });

  test("fails what is unbuilt", async () => {
    expect(await problems()).toEqual([
      "src/a unbuilt: jaunt build --target src/a",
      "src/a unbuilt: jaunt sync --target src/a",
      "src/b unbuilt: jaunt build --target src/b",
      "src/b unbuilt: jaunt sync --target src/b",
    ]);
  });

  test.each<readonly [string, () => void, readonly string[]]>([
    ["stale", () => edit("src/b.toy", "Uses", "Needs"), ["src/b stale: jaunt build --target src/b"]],
    [
      "edited",
      () => edit("src/__generated__/a.out", "= 1", "= 2"),
      ["src/a edited: jaunt build --force --target src/a"],
    ],
    ["orphaned", () => toy.remove("src/b.toy"), ["src/b orphaned: jaunt clean --orphans --target src/b"]],
    ["without its facade", () => toy.remove("src/a.out"), ["src/a current: jaunt sync --target src/a"]],
    ["not passed on", () => toy.write("src/a.out", "mine\n"), ["src/a current: Add: pass __generated__/a.out"]],
    [
      "in a merge conflict",
      () => edit("src/__generated__/a.out", "# jaunt:kind", "<<<<<<< HEAD\n# jaunt:kind"),
      ["src/a edited: jaunt build --force --target src/a"],
    ],
  ])("fails what is %s", async (_name, change, expected) => {
    await (await toy.open()).build();
    change();
    expect(await problems()).toEqual(expected);
  });

  test("fails what does not type-check, although its digests are right", async () => {
    toy.write("src/helper.toy", "spec helper(number) -- Helps.\n");
    toy.write("src/a.toy", `use ./helper helper\n${toy.read("src/a.toy")}`);
    Object.assign(toy.replies, {
      "src/helper": fenced("fn helper(number) = 1"),
      "src/a": fenced("fn a(number) = helper@number"),
    });
    await (await toy.open()).build();
    edit("src/helper.toy", "helper(number)", "helper(text)");
    expect(await problems()).toEqual([
      "src/a stale: jaunt build --target src/a",
      "src/helper stale: jaunt build --target src/helper",
    ]);
  });

  test("fails what failed, and what that blocks", async () => {
    toy.replies["src/a"] = "nonsense";
    await (await toy.open()).build();
    expect(await problems()).toEqual([
      "src/a failed: jaunt build --target src/a",
      "src/b blocked: jaunt build --target +src/b",
    ]);
  });

  test("only warns of what is outdated", async () => {
    await (await toy.open()).build();
    const report = await (await toy.open({ generatorModel: () => "toy/other" })).check();
    expect(report).toMatchObject({
      ok: true,
      problems: [],
      warnings: [{ module: "src/a", status: "outdated" }, { module: "src/b" }],
    });
  });
});

describe("clean", () => {
  test("removes what Jaunt made and nothing else, after showing it in a dry run", async () => {
    const before = Object.keys(toy.snapshot());
    const project = await toy.open();
    await project.build();
    toy.write("src/notes.txt", "mine\n");
    const removed = ["src/__generated__/a.out", "src/__generated__/b.out", "src/a.out", "src/b.out"];
    expect(await project.clean({ dryRun: true })).toMatchObject({ dry_run: true, removed, kept: [] });
    expect(toy.exists("src/a.out")).toBe(true);
    expect(await project.clean()).toMatchObject({ dry_run: false, removed });
    expect(Object.keys(toy.snapshot()).sort()).toEqual([...before, "src/notes.txt"].sort());
    expect(toy.exists("src/__generated__")).toBe(false);
  });

  test("keeps what a person changed or wrote, with the reason", async () => {
    const project = await toy.open();
    await project.build();
    edit("src/__generated__/a.out", "= 1", "= 2");
    toy.write("src/b.out", `${toy.read("src/b.out")}mine\n`);
    toy.write("src/__generated__/hand.out", "mine\n");
    const report = await project.clean();
    expect(report.removed).toEqual(["src/__generated__/b.out"]);
    expect(report.kept.map(({ path }) => path)).toEqual([
      "src/__generated__/a.out",
      "src/__generated__/hand.out",
      "src/b.out",
    ]);
    expect(report.kept.map(({ reason }) => reason).join(" ")).toMatch(/edited by hand.*not ours.*yours/);
  });

  test("--orphans removes only what has no spec any more, its untouched facade included", async () => {
    const project = await toy.open();
    await project.build();
    toy.remove("src/b.toy");
    expect((await project.clean({ orphans: true })).removed).toEqual(["src/__generated__/b.out", "src/b.out"]);
    expect((await project.status()).counts).toEqual({ current: 1 });
  });

  test("works when the last spec is gone", async () => {
    const project = await toy.open();
    await project.build();
    toy.remove("src/a.toy");
    toy.remove("src/b.toy");
    expect((await project.clean({ orphans: true })).removed).toHaveLength(4);
  });

  test("takes the failures of earlier builds away", async () => {
    toy.replies["src/a"] = "nonsense";
    const project = await toy.open();
    await project.build();
    await project.clean();
    expect(toy.exists(".jaunt/failed")).toBe(false);
    expect((await project.status()).counts).toEqual({ unbuilt: 2 });
  });

  test("never removes a file through a link that leads out of the project", async () => {
    const project = await toy.open();
    await project.build();
    const outside = createToyProject({});
    try {
      mkdirSync(join(outside.root, "kept"));
      writeFileSync(join(outside.root, "kept/a.out"), toy.read("src/__generated__/a.out"));
      toy.remove("src/__generated__");
      const { symlinkSync } = await import("node:fs");
      symlinkSync(join(outside.root, "kept"), join(toy.root, "src/__generated__"), "junction");
      await project.clean().catch(() => {});
      expect(statSync(join(outside.root, "kept/a.out")).isFile()).toBe(true);
    } finally {
      outside.remove();
    }
  });
});

describe("why and plan", () => {
  test("why explains each part that changed, and who is concerned", async () => {
    const project = await toy.open();
    await project.build();
    edit("src/a.toy", "Alone", "By itself");
    expect(await project.why("src/b")).toMatchObject({
      module: "src/b",
      status: "stale",
      reasons: [{ kind: "dependency_changed", ref: "src/a:a" }],
      explanations: ["The contract of src/a:a, which it needs, changed since the last build."],
      depends_on: [{ from: "src/b:b", to: "src/a:a", via: "link" }],
      dependents: [],
    });
    expect(await project.why("src/a:a")).toMatchObject({ module: "src/a", dependents: ["src/b"] });
    await expect(project.why("src/x")).rejects.toMatchObject({ code: "unknown-selector", exitCode: 2 });
    await expect(project.why("src/*")).rejects.toMatchObject({ code: "several-modules", exitCode: 2 });
  });

  test("plan lists what a build would do, dependencies first, with its price in tokens", async () => {
    const project = await toy.open();
    const report = await project.plan();
    expect(report.build.map(({ module, status }) => `${module} ${status}`)).toEqual(["src/a unbuilt", "src/b unbuilt"]);
    expect(report.build.every((entry) => entry.estimated_input_tokens > 100)).toBe(true);
    await project.build();
    expect(await project.plan()).toMatchObject({ build: [], skipped: 2 });
    expect(toy.calls).toHaveLength(2);
  });
});

describe("a name that leads nowhere", () => {
  test("is a note, at its spec file, and no error", async () => {
    edit("src/b.toy", "Uses {@link a}.", "Uses {@link a} and {@link nobody}.");
    const report = await (await toy.open()).status();
    expect(report.diagnostics).toMatchObject([{ code: "graph/unresolved", severity: "info", file: "src/b.toy" }]);
    expect(report.diagnostics[0]?.message).toContain("src/b:b names nobody");
    expect((await (await toy.open()).build()).failed).toEqual([]);
  });
});
