import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createToyProject, fenced, type ToyProject } from "./__fixtures__/toy-project.ts";

/** base <- left, right <- top; other stands alone. */
const specs = {
  "src/base.toy": "spec base(number) -- Twice the number.\n",
  "src/left.toy": "use ./base base\nspec left(number) -- One more than {@link base}.\n",
  "src/right.toy": "use ./base base\nspec right(number) -- One less than {@link base}.\n",
  "src/top.toy": "use ./left left\nuse ./right right\nspec top(number) -- Sum of {@link left} and {@link right}.\n",
  "src/other.toy": "spec other(number) -- The number itself.\n",
};
const replies = {
  "src/base": fenced("fn base(number) = n * 2"),
  "src/left": fenced("fn left(number) = base@number + 1"),
  "src/right": fenced("fn right(number) = base@number - 1"),
  "src/top": fenced("fn top(number) = left@number + right@number"),
  "src/other": fenced("fn other(number) = n"),
};
const all = ["src/base", "src/left", "src/other", "src/right", "src/top"];

let toy: ToyProject;
beforeEach(() => {
  toy = createToyProject(specs);
  Object.assign(toy.replies, replies);
});
afterEach(() => toy.remove());

async function built(): Promise<void> {
  await (await toy.open()).build();
  toy.calls.length = 0;
}

async function states(): Promise<Readonly<Record<string, string>>> {
  const { modules } = await (await toy.open()).status();
  return Object.fromEntries(Object.entries(modules).map(([id, { status }]) => [id.replace("src/", ""), status]));
}

function edit(path: string, from: string, to: string): void {
  expect(toy.read(path)).toContain(from);
  toy.write(path, toy.read(path).replace(from, to));
}

describe("what an edit costs", () => {
  test("a project builds from nothing, dependencies first, and is current then", async () => {
    const report = await (await toy.open()).build();
    expect(report).toMatchObject({
      generated: all,
      failed: [],
      calls: 5,
      interrupted: false,
      usage: { input: 500, output: 50 },
    });
    expect(await states()).toEqual({
      base: "current",
      left: "current",
      other: "current",
      right: "current",
      top: "current",
    });
    expect(toy.read("src/__generated__/left.out")).toContain("use ./base base\nfn left(number) = base@number + 1\n");
    expect(toy.read("src/left.out")).toBe("pass __generated__/left.out\n");
    const order = toy.calls.map(({ label }) => label);
    expect(order.indexOf("src/base")).toBeLessThan(order.indexOf("src/left"));
    expect(order.at(-1)).toBe("src/top");
  });

  test("a second build makes no call, writes no byte and touches no file", async () => {
    await built();
    const before = toy.snapshot();
    expect(await (await toy.open()).build()).toMatchObject({
      generated: [],
      restamped: [],
      skipped: all,
      calls: 0,
      written: [],
    });
    expect(toy.calls).toEqual([]);
    expect(toy.snapshot()).toEqual(before);
    expect(toy.exists(".jaunt/lock")).toBe(false);
  });

  test("an edited doc restales its module and exactly its direct dependents", async () => {
    await built();
    edit("src/base.toy", "Twice the number", "The number, doubled");
    expect(await states()).toEqual({ base: "stale", left: "stale", right: "stale", top: "current", other: "current" });
  });

  test("dependents that still pass are restamped without a call", async () => {
    await built();
    edit("src/base.toy", "Twice the number", "The number, doubled");
    expect(await (await toy.open()).build()).toMatchObject({
      generated: ["src/base"],
      restamped: ["src/left", "src/right"],
      skipped: ["src/other", "src/top"],
      calls: 1,
    });
    expect(toy.calls.map(({ label }) => label)).toEqual(["src/base"]);
    expect(new Set(Object.values(await states()))).toEqual(new Set(["current"]));
  });

  test("dependents that no longer pass are generated again", async () => {
    await built();
    edit("src/base.toy", "base(number)", "base(text)");
    Object.assign(toy.replies, {
      "src/base": fenced("fn base(text) = t + t"),
      "src/left": fenced("fn left(number) = base@text + 1"),
      "src/right": fenced("fn right(number) = base@text - 1"),
    });
    expect(await (await toy.open()).build()).toMatchObject({
      generated: ["src/base", "src/left", "src/right"],
      restamped: [],
      failed: [],
    });
  });

  test("on_dependency_change = regenerate asks the model for every dependent", async () => {
    toy.write("jaunt.toml", `${toy.read("jaunt.toml")}[build]\non_dependency_change = "regenerate"\n`);
    await built();
    edit("src/base.toy", "Twice the number", "The number, doubled");
    expect(await (await toy.open()).build()).toMatchObject({
      generated: ["src/base", "src/left", "src/right"],
      restamped: [],
    });
  });

  test.each([
    ["a comment", "src/base.toy", "spec", "# remark\nspec"],
    ["CRLF", "src/base.toy", "\n", "\r\n"],
  ])("%s restales nothing", async (_name, path, from, to) => {
    await built();
    toy.write(path, toy.read(path).replaceAll(from, to).replaceAll("\r", ""));
    expect(new Set(Object.values(await states()))).toEqual(new Set(["current"]));
  });

  test("another model or template makes modules outdated, which a build leaves alone", async () => {
    await built();
    const project = await toy.open({ generatorModel: () => "toy/other" });
    expect((await project.status()).counts).toEqual({ outdated: 5 });
    expect(await project.build()).toMatchObject({ generated: [], skipped: all });
    toy.write("jaunt.toml", `${toy.read("jaunt.toml")}[build]\nrebuild_on = ["model"]\n`);
    expect((await (await toy.open({ generatorModel: () => "toy/other" })).status()).counts).toEqual({ stale: 5 });
  });

  test("a current module that no longer passes the checks is generated again", async () => {
    toy.write("src/helper.toy", "spec helper(number) -- Helps.\n");
    toy.replies["src/helper"] = fenced("fn helper(number) = 1");
    // In scope and used by the body, but no part of what the spec depends on.
    toy.write("src/other.toy", `use ./helper helper\n${specs["src/other.toy"]}`);
    toy.replies["src/other"] = fenced("fn other(number) = helper@number");
    await built();
    edit("src/helper.toy", "helper(number)", "helper(text)");
    Object.assign(toy.replies, {
      "src/helper": fenced("fn helper(text) = 1"),
      "src/other": fenced("fn other(number) = helper@text"),
    });
    expect(await states()).toMatchObject({ helper: "stale", other: "current" });
    const report = await (await toy.open()).build({ noCache: true });
    expect(report).toMatchObject({ generated: ["src/helper", "src/other"], failed: [] });
    expect((await (await toy.open()).check()).ok).toBe(true);
  });
});

describe("hand edits", () => {
  test("a formatter's change is none", async () => {
    await built();
    edit("src/__generated__/left.out", "fn left", "   fn left");
    expect((await states())["left"]).toBe("current");
  });

  test("an edited file is left alone, and replaced only by force and by name, keeping a copy", async () => {
    await built();
    edit("src/__generated__/left.out", "+ 1", "+ 2");
    expect((await states())["left"]).toBe("edited");
    const project = await toy.open();
    expect((await project.build()).failed).toMatchObject([
      {
        module: "src/left",
        outcome: "edited",
        message: expect.stringContaining("--force --target src/left") as string,
      },
    ]);
    expect((await project.build({ force: true })).failed).toMatchObject([{ outcome: "edited" }]);
    expect(toy.read("src/__generated__/left.out")).toContain("+ 2");
    const report = await project.build({ force: true, targets: ["src/left"] });
    expect(report).toMatchObject({ generated: ["src/left"], failed: [] });
    const copy = report.diagnostics.find(({ code }) => code === "build/backup")?.file ?? "";
    expect(toy.read(copy)).toContain("+ 2");
    expect(toy.read("src/__generated__/left.out")).toContain("+ 1");
  });

  test("force without a change gives the same bytes, so nothing is written", async () => {
    await built();
    const before = toy.snapshot();
    expect(await (await toy.open()).build({ force: true, targets: ["src/other"] })).toMatchObject({
      generated: ["src/other"],
      written: [],
      cache_hits: 1,
      calls: 0,
    });
    expect(toy.snapshot()).toEqual(before);
  });

  test("a facade that somebody wrote is never overwritten, and one that passes nothing on stops its module", async () => {
    toy.write("src/other.out", "mine\n");
    toy.write("src/base.out", "mine\npass __generated__/base.out\n");
    const report = await (await toy.open()).build();
    expect(report.diagnostics).toMatchObject([
      { code: "facade/not-passed-on", file: "src/other.out", hint: "Add: pass __generated__/other.out" },
    ]);
    expect(toy.calls.map(({ label }) => label)).not.toContain("src/other");
    expect(report.generated).toContain("src/base");
    expect([toy.read("src/other.out"), toy.read("src/base.out")]).toEqual([
      "mine\n",
      "mine\npass __generated__/base.out\n",
    ]);
  });
});

describe("failures", () => {
  test("a module that fails blocks what needs it, is kept as a file, and the rest is built", async () => {
    toy.replies["src/base"] = fenced("fn wrong(number) = 1");
    const report = await (await toy.open()).build();
    expect(report.generated).toEqual(["src/other"]);
    expect(report.failed.map(({ module, outcome, message }) => [module, outcome, message])).toEqual([
      [
        "src/base",
        "failed",
        "src/base failed to build after 2 attempts, the last of which repeated the same errors. base is missing.",
      ],
      ["src/left", "blocked", "src/left depends on src/base, which failed to build. Fix the dependency first."],
      ["src/right", "blocked", "src/right depends on src/base, which failed to build. Fix the dependency first."],
      ["src/top", "blocked", "src/top depends on src/base, which failed to build. Fix the dependency first."],
    ]);
    const artifact = toy.read(report.failed[0]?.artifact ?? "");
    for (const part of [
      "base is missing.",
      "fn wrong(number) = 1",
      "Twice the number.",
      "jaunt build --target src/base",
      ".jaunt/failed/src/base.prompt.md",
    ])
      expect(artifact).toContain(part);
    expect(toy.read("src/__generated__/base.out")).toContain("jaunt:kind=placeholder");
    expect(await states()).toEqual({
      base: "failed",
      left: "blocked",
      right: "blocked",
      top: "blocked",
      other: "current",
    });
  });

  test("the next build asks afresh, and success takes the failure away", async () => {
    toy.replies["src/base"] = fenced("fn wrong(number) = 1");
    await (await toy.open()).build();
    toy.replies["src/base"] = replies["src/base"];
    expect(await (await toy.open()).build()).toMatchObject({
      generated: ["src/base", "src/left", "src/right", "src/top"],
      failed: [],
      cache_hits: 0,
    });
    expect(toy.exists(".jaunt/failed/src/base.md")).toBe(false);
    expect(toy.exists(".jaunt/failed/src/base.prompt.md")).toBe(false);
  });

  test("a failure says nothing about a spec that was changed since", async () => {
    toy.replies["src/other"] = fenced("nonsense");
    await (await toy.open()).build();
    expect((await states())["other"]).toBe("failed");
    edit("src/other.toy", "The number itself", "The very number");
    expect((await states())["other"]).toBe("unbuilt");
  });

  test("a selected module whose dependency failed before is blocked without a call", async () => {
    toy.replies["src/base"] = { kind: "bad-request" };
    await (await toy.open()).build();
    toy.calls.length = 0;
    const report = await (await toy.open()).build({ targets: ["src/left"] });
    expect(report.failed).toMatchObject([{ module: "src/left", outcome: "blocked" }]);
    expect(toy.calls).toEqual([]);
  });

  test("a failed module that was built before keeps what was built", async () => {
    await built();
    const before = toy.read("src/__generated__/other.out");
    edit("src/other.toy", "The number itself", "The very number");
    toy.replies["src/other"] = fenced("nonsense");
    expect((await (await toy.open()).build()).failed).toMatchObject([{ module: "src/other", outcome: "failed" }]);
    expect(toy.read("src/__generated__/other.out")).toBe(before);
  });

  test("an error in the spec itself costs no call", async () => {
    toy.write("src/other.toy", "spec other(number) -- Uses nobody@number.\n");
    const report = await (await toy.open()).build();
    expect(report.failed).toMatchObject([
      { module: "src/other", outcome: "failed", attempts: 0, diagnostics: [{ file: "src/other.toy" }] },
    ]);
    expect(toy.calls.map(({ label }) => label)).not.toContain("src/other");
  });

  test("a refused key ends the build at once and keeps what is done", async () => {
    for (const id of ["src/left", "src/right"]) toy.replies[id] = { kind: "auth" };
    await expect((await toy.open()).build()).rejects.toMatchObject({ code: "backend-auth", exitCode: 2 });
    expect((await states())["base"]).toBe("current");
    expect(toy.exists(".jaunt/lock")).toBe(false);
    expect(toy.calls.map(({ label }) => label)).not.toContain("src/top");
  });

  test("a backend that cannot be made ends the build before any call", async () => {
    const failing = await toy.open({ createBackend: () => Promise.reject(new TypeError("no such package")) });
    await expect(failing.build()).rejects.toThrow("no such package");
  });

  test("a spec nobody can read is named; what needs it waits, everything else is built", async () => {
    toy.write("src/base.toy", "what is this?\n");
    const report = await (await toy.open()).build();
    const errors = report.diagnostics.filter(({ severity }) => severity === "error");
    expect(errors).toMatchObject([{ code: "spec/syntax", file: "src/base.toy", start: { line: 1 } }]);
    expect(report.generated).toEqual(["src/other"]);
    expect(report.failed.map(({ module, outcome }) => [module, outcome])).toEqual([
      ["src/left", "blocked"],
      ["src/right", "blocked"],
      ["src/top", "blocked"],
    ]);
  });

  test("a spec that became unreadable makes no orphan of what was built from it", async () => {
    await built();
    toy.write("src/other.toy", "what is this?\n");
    expect((await (await toy.open()).clean({ orphans: true })).removed).toEqual([]);
    expect(await states()).not.toHaveProperty("other");
  });

  test("nothing is generated under a broken configuration, and mending it is seen at once", async () => {
    toy.write("toy.config", "broken");
    const report = await (await toy.open()).build();
    expect(report).toMatchObject({ generated: [], written: [], calls: 0, diagnostics: [{ code: "toy/config" }] });
    await states();
    toy.write("toy.config", "fine");
    expect((await (await toy.open()).status()).diagnostics).toEqual([]);
    expect((await (await toy.open()).build()).generated).toEqual(all);
  });

  test("a cycle of specs is reported before any call", async () => {
    toy.write("src/base.toy", "use ./top top\nspec base(number) -- Uses {@link top}.\n");
    await expect((await toy.open()).build()).rejects.toMatchObject({ code: "spec-cycle", exitCode: 2 });
    expect(toy.calls).toEqual([]);
  });

  test("modules of a cycle whose specs have none are built side by side", async () => {
    const cyclic = createToyProject({
      "src/a.toy": "use ./b b2\nspec a1(number) -- Uses {@link b2}.\nspec a2(number) -- Alone.\n",
      "src/b.toy": "use ./a a2\nspec b1(number) -- Uses {@link a2}.\nspec b2(number) -- Alone.\n",
    });
    try {
      Object.assign(cyclic.replies, {
        "src/a": fenced("fn a1(number) = b2@number\nfn a2(number) = 1"),
        "src/b": fenced("fn b1(number) = a2@number\nfn b2(number) = 1"),
      });
      expect(await (await cyclic.open()).build()).toMatchObject({ generated: ["src/a", "src/b"], failed: [] });
    } finally {
      cyclic.remove();
    }
  });
});

describe("interruption and cost", () => {
  test("an abort ends the build within a second and keeps what is finished", async () => {
    const controller = new AbortController();
    toy.replies["src/left"] = () => {
      setTimeout(() => controller.abort(), 20);
      return new Promise(() => {});
    };
    const project = await toy.open({ signal: controller.signal });
    const start = performance.now();
    const report = await project.build();
    expect(performance.now() - start).toBeLessThan(1000);
    expect(report.interrupted).toBe(true);
    expect(report.generated).toContain("src/base");
    expect(report.failed.map(({ module, outcome }) => [module, outcome])).toContainEqual(["src/left", "interrupted"]);
    expect(report.failed.map(({ module, outcome }) => [module, outcome])).toContainEqual(["src/top", "interrupted"]);
    expect(await states()).toMatchObject({ base: "current", left: "unbuilt", top: "unbuilt" });
    expect(toy.exists(".jaunt/lock")).toBe(false);
  });

  test("replies are never paid for twice, unless the cache is off", async () => {
    await built();
    toy.remove("src/__generated__");
    expect(await (await toy.open()).build()).toMatchObject({ calls: 0, cache_hits: 5, usage: { input: 0 } });
    toy.remove("src/__generated__");
    expect(await (await toy.open()).build({ noCache: true })).toMatchObject({ calls: 5, cache_hits: 0 });
  });

  test("offline allows nothing but the cache", async () => {
    await built();
    toy.remove("src/__generated__");
    expect(await (await toy.open()).build({ offline: true })).toMatchObject({ calls: 0, cache_hits: 5, failed: [] });
    edit("src/other.toy", "itself", "as it is");
    const report = await (await toy.open()).build({ offline: true });
    expect(report.failed).toMatchObject([
      { module: "src/other", message: expect.stringContaining("not in the cache") as string },
    ]);
  });

  test("recordings and prompts are kept where they are asked for", async () => {
    const folder = mkdtempSync(join(tmpdir(), "jaunt-kept-"));
    try {
      await (await toy.open()).build({ record: join(folder, "recordings"), dumpPrompts: join(folder, "prompts") });
      const { readFileSync } = await import("node:fs");
      expect(readFileSync(join(folder, "recordings/src/base.1.md"), "utf8")).toContain("fn base(number) = n * 2");
      expect(readFileSync(join(folder, "prompts/src/left.1.md"), "utf8")).toContain("Twice the number.");
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

test("every module that starts ends, and the run begins and ends once", async () => {
  toy.replies["src/left"] = "no code at all";
  await (await toy.open()).build();
  const types = toy.events.map(({ type }) => type);
  expect([types[0], types.at(-1)]).toEqual(["run-start", "run-end"]);
  const ended = toy.events
    .filter((event) => event.type === "module-end")
    .map((event) => `${event.module} ${event.outcome}`);
  expect(ended.sort()).toEqual([
    "src/base built",
    "src/left failed",
    "src/other built",
    "src/right built",
    "src/top blocked",
  ]);
  expect(toy.events.find((event) => event.type === "plan-end")).toMatchObject({ modules: 5, total: 5 });
});
