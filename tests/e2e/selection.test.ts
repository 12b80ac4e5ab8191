import { utimes } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { runJaunt, type TemporaryProject } from "@jaunt/testkit";
import { afterEach, describe, expect, test } from "vitest";
import { build, createDiamond, edit, snapshotTree } from "./diamond-project.ts";

const opened: TemporaryProject[] = [];
afterEach(async () => {
  for (const project of opened.splice(0)) await project.remove();
});

async function open(): Promise<TemporaryProject> {
  const project = await createDiamond();
  opened.push(project);
  return project;
}

async function statuses(
  project: TemporaryProject,
  ...args: readonly string[]
): Promise<Readonly<Record<string, string>>> {
  const result = await runJaunt(project.root, ["status", "--json", ...args]);
  expect(`${result.stderr} exit ${String(result.exitCode)}`).toBe(" exit 0");
  const { modules } = result.json() as { readonly modules: Readonly<Record<string, { readonly status: string }>> };
  return Object.fromEntries(Object.entries(modules).map(([id, { status }]) => [id, status]));
}

/** Generated files and facades below src. */
async function outputs(project: TemporaryProject): Promise<readonly string[]> {
  return (await project.list("src")).filter((path) => !/jaunt|options|round|app/.test(path));
}

describe("every way to name modules", () => {
  test.each<readonly [readonly string[], readonly string[]]>([
    [["--target", "src/base"], ["src/base"]],
    [["--target=src/base.jaunt.ts"], ["src/base"]],
    [["--target", "./src/base:base"], ["src/base"]],
    [
      ["--target", "src/base", "--target", "src/other"],
      ["src/base", "src/other"],
    ],
    [
      ["--target", "src/*t"],
      ["src/left", "src/right"],
    ],
    [["--target", "**/*:to?"], ["src/top"]],
    [
      ["--target", "+src/left"],
      ["src/base", "src/left"],
    ],
    [
      ["--target", "src/left+"],
      ["src/left", "src/top"],
    ],
    [
      ["--target", "+src/left+"],
      ["src/base", "src/left", "src/top"],
    ],
    [["--target", "state:stale"], ["src/base"]],
    [
      ["--target", "state:stale+"],
      ["src/base", "src/left", "src/right", "src/top"],
    ],
    [
      ["--target", "+state:unbuilt"],
      ["src/base", "src/left", "src/right", "src/top"],
    ],
    [["--target", "state:edited"], []],
    [
      ["--exclude", "src/base+"],
      ["src/gone", "src/other"],
    ],
    [
      ["--target", "src/base+", "--exclude", "src/top", "--exclude", "state:stale"],
      ["src/left", "src/right"],
    ],
    [["--target", "state:orphaned"], ["src/gone"]],
  ])("%j is %j", async (args, expected) => {
    const project = await open();
    await project.write("src/gone.jaunt.ts", await project.read("src/other.jaunt.ts"));
    await project.write("recordings/src/gone.1.md", await project.read("recordings/src/other.1.md"));
    await build(project.root, "--exclude", "src/top");
    await project.remove("src/gone.jaunt.ts");
    await edit(project, "src/base.jaunt.ts", "/** Twice", "export const limit = 3;\n/** Twice");
    for (const round of ["read anew", "from the cache"])
      expect(Object.keys(await statuses(project, ...args)), round).toEqual(expected);
  });

  test.each([
    [["--target", "src/bsae"], 'Did you mean "src/base"?'],
    [["--target", "src"], 'Did you mean "src/**"?'],
    [["--target", "src/base:bsae"], 'Did you mean "src/base:base"?'],
    [["--exclude", "src/bsae"], 'Did you mean "src/base"?'],
    [["--target", "state:stael"], 'Did you mean "state:stale"? States are current, outdated,'],
    [["--target", "+"], "`jaunt status` lists all modules."],
  ])("%j is an error of every command that says what was meant", async (args, hint) => {
    const project = await open();
    await build(project.root);
    for (const command of ["status", "sync", "build", "plan", "check", "clean"]) {
      const { exitCode, stderr } = await runJaunt(project.root, [command, ...args]);
      expect({ command, exitCode }).toEqual({ command, exitCode: 2 });
      expect(stderr, command).toContain(hint);
    }
    expect(await outputs(project)).toHaveLength(10);
  });

  test("a state that nothing is in is no error: there is nothing to do", async () => {
    const project = await open();
    await build(project.root);
    for (const command of ["status", "sync", "build", "plan", "check"]) {
      const { exitCode, stdout } = await runJaunt(project.root, [command, "--target", "state:stale"]);
      expect({ command, exitCode }).toEqual({ command, exitCode: 0 });
      expect(stdout, command).toContain("No module is selected by state:stale: nothing to do.");
    }
    expect((await runJaunt(project.root, ["clean", "--yes", "--target", "state:stale"])).exitCode).toBe(0);
    expect(await outputs(project)).toHaveLength(10);
  });

  test("init, why and doctor refuse what they would ignore", async () => {
    const project = await open();
    for (const args of [["why", "src/base"], ["doctor"], ["init"]])
      expect((await runJaunt(project.root, [...args, "--exclude", "src/base"])).stderr).toContain("takes no --exclude");
  });
});

/** Writes the path of every file that is read into `log`. */
function logReads(log: string): string {
  return `
import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";
const read = fs.readFileSync;
fs.readFileSync = (path, ...rest) => {
  if (typeof path === "string") fs.appendFileSync(${JSON.stringify(log)}, path + "\\n");
  return read(path, ...rest);
};
syncBuiltinESMExports();
`;
}

describe("a command touches only what is selected", () => {
  test("build: no other file is written, not even looked at twice", async () => {
    const project = await open();
    await build(project.root, "--exclude", "src/top");
    await edit(project, "src/base.jaunt.ts", "Twice", "Two times");
    await edit(project, "src/left.jaunt.ts", "One more", "Just one more");
    await edit(project, "src/other.jaunt.ts", "The number, rounded", "This number, rounded");
    const before = await snapshotTree(`${project.root}/src`);
    await build(project.root, "--target", "src/other");
    const after = await snapshotTree(`${project.root}/src`);
    const changed = Object.keys(after).filter((path) => after[path] !== before[path]);
    expect(changed).toEqual(["__generated__", "__generated__/other.ts"]);
    expect(await statuses(project)).toMatchObject({
      "src/base": "stale",
      "src/other": "current",
      "src/top": "unbuilt",
    });
  });

  test("build needs no body that it does not show: another module's damaged file is left alone", async () => {
    const project = await open();
    await build(project.root);
    await project.write("src/__generated__/right.ts", "garbage {{{\n");
    await edit(project, "src/left.jaunt.ts", "One more", "Just one more");
    await build(project.root, "--target", "src/left");
    expect(await project.read("src/__generated__/right.ts")).toBe("garbage {{{\n");
  });

  test.each([["status"], ["plan"], ["build"], ["check"]])(
    "%s reads no generated file but of what is selected and of what that needs, once the project was read",
    async (command) => {
      const project = await open();
      await build(project.root);
      const log = join(project.root, "reads.log");
      await project.write("guard.mjs", logReads(log));
      for (const path of await project.list("src")) await utimes(join(project.root, path), 1e9, 1e9);
      // What was changed a moment ago may be changed again under the same time, so it is read again.
      await sleep(2_200);
      await statuses(project);
      await edit(project, "src/left.jaunt.ts", "One more", "Just one more");
      const env = { NODE_OPTIONS: `--import=${pathToFileURL(join(project.root, "guard.mjs")).href}` };
      await runJaunt(project.root, [command, "--target", "src/left"], { env });
      const read = [...new Set((await project.read("reads.log")).split("\n"))].map(
        (path) => /__generated__\/(\w+)/.exec(path)?.[1],
      );
      expect(read).toContain(undefined);
      expect(read.filter((name) => name !== undefined && !["left", "base"].includes(name))).toEqual([]);
    },
  );

  test("sync", async () => {
    const project = await open();
    expect((await runJaunt(project.root, ["sync", "--target", "src/base+", "--exclude", "src/top"])).exitCode).toBe(0);
    expect(await outputs(project)).toEqual(
      ["base", "left", "right"].flatMap((id) => [`src/__generated__/${id}.ts`, `src/${id}.ts`]).toSorted(),
    );
  });

  test("clean", async () => {
    const project = await open();
    await build(project.root);
    await project.remove("src/top.jaunt.ts");
    const cleaned = async (...args: readonly string[]): Promise<unknown> =>
      ((await runJaunt(project.root, ["clean", "--yes", "--json", ...args])).json() as { readonly removed: unknown })
        .removed;
    expect(await cleaned("--target", "src/left", "--dry-run")).toEqual(["src/__generated__/left.ts", "src/left.ts"]);
    expect(await outputs(project)).toHaveLength(10);
    expect(await cleaned("--target", "src/left")).toEqual(["src/__generated__/left.ts", "src/left.ts"]);
    expect(await cleaned("--orphans", "--target", "src/base")).toEqual([]);
    expect(await cleaned("--target", "state:orphaned")).toEqual(["src/__generated__/top.ts", "src/top.ts"]);
    expect(await cleaned("--exclude", "src/base", "--exclude", "src/right")).toEqual([
      "src/__generated__/other.ts",
      "src/other.ts",
    ]);
    expect(await outputs(project)).toHaveLength(4);
  });
});
