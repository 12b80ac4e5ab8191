import { readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { runProcess } from "@jaunt/testkit";
import type { TargetIo } from "@jaunt/core";
import { describe, expect, test } from "vitest";
import type { CompileRequest } from "./compile-request.ts";
import type { Compiler } from "./compiler.ts";
import { openCompiler } from "./compiler.test.support.ts";
import { diagnoseByProcess } from "./tsc-process.ts";

const options = {
  strict: true,
  module: "nodenext",
  target: "es2023",
  types: [],
  declaration: true,
  isolatedDeclarations: true,
  noUnusedLocals: true,
};
const config = (more: object = {}): string => JSON.stringify({ compilerOptions: options, include: ["src"], ...more });

const project = {
  "package.json": '{ "type": "module" }',
  "tsconfig.json": config(),
  "src/types.ts":
    "export interface Point { x: number; y: number; z: number; label: string; unit: string; scale: number }\n",
  "src/area.ts": "export function area(side: number): number {\n  return side;\n}\n",
};

const cases: readonly (readonly [name: string, overlay: Readonly<Record<string, string>>, codes: readonly number[]])[] =
  [
    ["a sound file", { "src/area.ts": "export const area = (side: number): number => side;\n" }, []],
    [
      "a wrong type",
      { "src/area.ts": 'export function area(side: number): number {\n  return "é😀" + side;\n}\n' },
      [2322],
    ],
    [
      "a nested explanation",
      { "src/area.ts": "export const a: { b: { c: number } } = null as unknown as { b: { c: string } };\n" },
      [2322],
    ],
    [
      "missing properties",
      { "src/area.ts": 'import type { Point } from "./types.js";\nexport const a: Point = {};\n' },
      [2740],
    ],
    ["a missing module", { "src/area.ts": 'export { a } from "./gone.js";\n' }, [2307]],
    ["an unused name, as the flags say", { "src/area.ts": "const a = 1;\nexport const b = 2;\n" }, [6133]],
    [
      "a missing annotation, as the flags say",
      { "src/area.ts": "export class A {\n  b = Math.random();\n}\n" },
      [9012],
    ],
    ["a syntax error", { "src/area.ts": "export const a: number = (;\n" }, [1109]],
    [
      "a file that is not on disk",
      { "src/new/deep.ts": 'import { area } from "../area.js";\nexport const a: string = area(1);\n' },
      [2322],
    ],
    [
      "two files that are not on disk",
      { "src/one.ts": 'export { a } from "./two.js";\n', "src/two.ts": "export const b = 1;\n" },
      [2305],
    ],
    ["a file outside the config", { "other/one.ts": "export const a: string = 1;\n" }, [2322]],
  ];

describe("the API and the plain process agree on", () => {
  test("every kind of problem", { timeout: 120_000 }, async () => {
    const { io, compiler } = await openCompiler(project);
    // Other runs may be at work in the same folder, or have been killed there.
    const before = checkFolders();
    for (const [name, files, codes] of cases) {
      const overlay = new Map(Object.entries(files));
      const request: CompileRequest = { tsconfig: "tsconfig.json", files: [...overlay.keys()], overlay };
      const found = await compiler.diagnose(request, io);
      expect(
        found.map((problem) => problem.code),
        name,
      ).toEqual(codes);
      const slow = await diagnoseByProcess(request, io);
      expect(
        slow.map(({ code, message, file, start }) => ({ code, message, file, start })),
        name,
      ).toEqual(found.map(({ code, message, file, start }) => ({ code, message, file, start })));
    }
    expect(checkFolders()).toEqual(before);
  });
});

function checkFolders(): readonly string[] {
  return readdirSync(tmpdir()).filter((name) => name.startsWith("jaunt-check-"));
}

test("missing properties are all named", async () => {
  const { io, compiler } = await openCompiler(project);
  const overlay = new Map([["src/area.ts", 'import type { Point } from "./types.js";\nexport const a: Point = {};\n']]);
  const [problem] = await compiler.diagnose({ tsconfig: "tsconfig.json", files: ["src/area.ts"], overlay }, io);

  expect(problem?.hint).toBe("Point requires: x, y, z, label, unit, scale.");
});

test("an overlay is gone with its request", async () => {
  const { io, compiler } = await openCompiler(project);
  const bad = new Map([["src/types.ts", "export interface Other {}\n"]]);
  const user = new Map([["src/area.ts", 'import type { Point } from "./types.js";\nexport type A = Point;\n']]);

  expect(await codes(compiler, io, new Map([...user, ...bad]))).toEqual([2305]);
  expect(await codes(compiler, io, user)).toEqual([]);
});

test("what others write to disk meanwhile is seen: changes, new files, new folders, deletions, configs", async () => {
  const { io, compiler, files } = await openCompiler({
    ...project,
    "src/user.ts": 'import { area } from "./area.js";\nexport const a: number = area(1);\n',
  });
  const ask = (): Promise<readonly number[]> => codes(compiler, io, new Map(), ["src/user.ts"]);
  expect(await ask()).toEqual([]);

  await files.write("src/user.ts", 'import { b } from "./new/b.js";\nexport const a: number = b;\n');
  await files.write("src/new/b.ts", "export const b = 1;\n");
  const next = { ...io, signal: new AbortController().signal };
  expect(await codes(compiler, next, new Map(), ["src/user.ts"])).toEqual([]);
  await files.remove("src/new");
  expect(await codes(compiler, { ...io, signal: new AbortController().signal }, new Map(), ["src/user.ts"])).toEqual([
    2307,
  ]);
  await files.write("src/new.ts", "export const b = 1;\n");
  await files.write("src/user.ts", 'import { b } from "./new.js";\nexport const a = b + missing;\n');
  expect(await ask()).toEqual([2304]);
  await files.write("src/missing.d.ts", "declare const missing: number;\n");
  await files.write("tsconfig.json", config({ compilerOptions: { ...options, isolatedDeclarations: false } }));
  expect(await ask()).toEqual([]);
});

test("a candidate that landed on disk is seen by the next check, even one that had not existed", async () => {
  const { io, compiler, files } = await openCompiler(project);
  const landing = new Map([["src/landed.ts", "export const one = 1;\n"]]);
  expect(await codes(compiler, io, landing)).toEqual([]);
  await files.write("src/landed.ts", "export const one = 1;\n");

  expect(await codes(compiler, io, new Map([["src/area.ts", 'export { one as area } from "./landed.js";\n']]))).toEqual(
    [],
  );
});

test("configs of one project are kept apart", async () => {
  const { io, compiler } = await openCompiler({
    ...project,
    "packages/loose/tsconfig.json": JSON.stringify({ compilerOptions: { module: "nodenext", strict: false } }),
    "packages/loose/a.ts": "export const a: string = null;\n",
    "src/a.ts": "export const a: string = null;\n",
  });

  const loose = { tsconfig: "packages/loose/tsconfig.json", files: ["packages/loose/a.ts"], overlay: new Map() };
  expect(await compiler.diagnose(loose, io)).toEqual([]);
  expect(await codes(compiler, io, new Map(), ["src/a.ts"])).toEqual([2322]);
});

test("files without any tsconfig are checked strictly", async () => {
  const { io, compiler } = await openCompiler({
    "a.ts": "export const a: string = null;\n",
    "b.ts": "export const b = 1;\n",
  });

  expect(
    (await compiler.diagnose({ tsconfig: "", files: ["a.ts"], overlay: new Map() }, io)).map(({ code }) => code),
  ).toEqual([2322]);
  expect(await compiler.diagnose({ tsconfig: "", files: ["b.ts"], overlay: new Map() }, io)).toEqual([]);
});

test("checks that are asked for at once answer for themselves", async () => {
  const { io, compiler } = await openCompiler(project);
  const texts = ["export const a = 1;\n", "export const a: string = 1;\n", "export const a: never = 1;\n"];
  const answers = await Promise.all(texts.map((text) => codes(compiler, io, new Map([["src/area.ts", text]]))));

  expect(answers).toEqual([[], [2322], [2322]]);
});

test("a process that dies is replaced by tsc, and then by a new process", async () => {
  const { io, compiler } = await openCompiler(project);
  const wrong = new Map([["src/area.ts", "export const a: string = 1;\n"]]);
  expect(await codes(compiler, io, wrong)).toEqual([2322]);
  const [pid] = await compilerProcesses();
  const dying = codes(compiler, io, new Map([["src/area.ts", "export const a: boolean = 1;\n"]]));
  process.kill(pid ?? 0, "SIGKILL");

  expect(await dying).toEqual([2322]);
  expect(await codes(compiler, io, wrong)).toEqual([2322]);
});

test("an abort is heard at once", async () => {
  const { io, compiler } = await openCompiler(project);
  const controller = new AbortController();
  const asked = codes(compiler, { ...io, signal: controller.signal }, new Map());
  controller.abort(new Error("stop"));

  await expect(asked).rejects.toThrow("stop");
});

test("closing ends what is under way and starts nothing instead", async () => {
  const { io, compiler } = await openCompiler(project);
  await codes(compiler, io, new Map());
  const asked = codes(compiler, io, new Map([["src/area.ts", "export const a: boolean = 1;\n"]]));
  const settled = asked.then(
    () => "answered",
    () => "ended",
  );
  await new Promise((resolve) => setImmediate(resolve));
  await compiler.close();

  expect(await settled).toBe("ended");
  expect(await compilerProcesses()).toEqual([]);
});

test("closing leaves no process behind", async () => {
  const { io, compiler } = await openCompiler(project);
  await codes(compiler, io, new Map());
  expect(await compilerProcesses()).toHaveLength(1);
  await compiler.close();

  expect(await compilerProcesses()).toEqual([]);
});

async function codes(
  compiler: Compiler,
  io: TargetIo,
  overlay: ReadonlyMap<string, string>,
  files: readonly string[] = overlay.size === 0 ? ["src/area.ts"] : [...overlay.keys()].slice(0, 1),
): Promise<readonly number[]> {
  return (await compiler.diagnose({ tsconfig: "tsconfig.json", files, overlay }, io)).map((problem) => problem.code);
}

/** Ids of the TypeScript processes that this one started and that still run. */
async function compilerProcesses(): Promise<readonly number[]> {
  const { stdout } = await runProcess("ps", ["-o", "pid=,stat=,args=", "--ppid", String(process.pid)], { cwd: "." });
  const lines = stdout.split("\n").filter((line) => line.includes("--api") && !/^\s*\d+\s+Z/.test(line));
  return lines.map((line) => Number.parseInt(line, 10));
}
