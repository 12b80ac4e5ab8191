import { mkdir, mkdtemp, readdir, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { PassThrough } from "node:stream";
import { runCli, type Terminal } from "@jaunt/cli";
import { runJaunt } from "@jaunt/testkit";
import { afterEach, expect, test } from "vitest";
import { documentProblems } from "../documents.ts";
import { createRandom } from "../faults/random.ts";
import { randomArguments, readHelp, type CommandShape } from "./random-arguments.ts";
import { recordings } from "./recorded-project.ts";

const folders: string[] = [];
afterEach(async () => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true });
});

const documentedCodes: ReadonlySet<number> = new Set([0, 2, 3, 4, 130]);

interface Ending {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** What is wrong with how a command line ended, whatever it asked for. */
function problems(args: readonly string[], { code, stdout, stderr }: Ending): readonly string[] {
  const end = args.indexOf("--");
  const words = end === -1 ? args : args.slice(0, end);
  const isStack = /^\s+at .+[:(].+:\d+/m;
  return [
    ...(code !== null && documentedCodes.has(code) ? [] : [`It ended in ${String(code)}.`]),
    ...(!words.includes("--debug") && isStack.test(stdout + stderr) ? ["It shows a stack."] : []),
    ...documentProblems(args, stdout),
    ...(code === 0 || code === 130 || stdout + stderr !== "" ? [] : ["It fails without a word."]),
  ];
}

/** A project in a folder of its own, beside which nothing may appear. */
async function makeProject(): Promise<{ readonly outside: string; readonly root: string }> {
  const outside = await realpath(await mkdtemp(join(tmpdir(), "jaunt-arguments-")));
  folders.push(outside);
  const root = join(outside, "project");
  const files: Readonly<Record<string, string>> = {
    "jaunt.toml": '[llm]\nprovider = "replay"\n',
    "package.json": '{ "name": "arguments", "private": true, "type": "module" }',
    "tsconfig.json": '{ "compilerOptions": { "strict": true, "module": "nodenext", "types": [] }, "include": ["src"] }',
    "src/a.jaunt.ts": "/** One. */\nexport declare function a(): number;\n",
    "src/b.jaunt.ts":
      'import { a } from "./a.js";\n/** One more than {@link a}. */\nexport declare function b(): number;\n',
    ...recordings({
      "src/a": "export function a(): number {\n  return 1;\n}",
      "src/b": "export function b(): number {\n  return a() + 1;\n}",
    }),
  };
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), text);
  }
  return { outside, root };
}

/** Runs a command line here, with nobody at the keyboard; what runs on without an end is interrupted. */
async function runHere(root: string, args: readonly string[]): Promise<Ending> {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(), 400);
  const [stdin, stdout, stderr] = [new PassThrough(), new PassThrough(), new PassThrough()];
  const printed = { stdout: "", stderr: "" };
  stdout.setEncoding("utf8").on("data", (text: string) => (printed.stdout += text));
  stderr.setEncoding("utf8").on("data", (text: string) => (printed.stderr += text));
  stdin.end();
  const terminal: Terminal = {
    env: { PATH: process.env["PATH"] ?? "", CI: "1" },
    cwd: root,
    nodeVersion: process.version,
    stdin,
    stdout,
    stderr,
    signal: controller.signal,
    now: () => performance.now(),
    isAlive: () => false,
  };
  const code = await runCli(args, terminal);
  clearTimeout(timer);
  return { code, ...printed };
}

async function readCommands(root: string, words: readonly string[] = []): Promise<readonly CommandShape[]> {
  const { stdout } = await runHere(root, [...words, "--help"]);
  const { below, ...shape } = readHelp(words, stdout);
  const inner = await Promise.all(below.map((word) => readCommands(root, [...words, word])));
  return [shape, ...inner.flat()];
}

const seed = 20261121;

test("300 random command lines: no stack, no text under --json, no undocumented exit code, no file outside the project", async () => {
  const { outside, root } = await makeProject();
  const commands = await readCommands(root);
  expect(commands.map(({ words }) => words.join(" "))).toEqual(
    expect.arrayContaining(["", "build", "watch", "cache prune", "mcp serve", "skill export", "guard"]),
  );
  const random = createRandom(seed);
  const found: string[] = [];
  for (let index = 0; index < 300; index += 1) {
    const args = randomArguments(commands, random);
    const ending = await runHere(root, args);
    const wrong = problems(args, ending);
    if (wrong.length > 0) found.push(`${JSON.stringify(args).slice(0, 300)}: ${wrong.join(" ").slice(0, 600)}`);
  }
  expect(found).toEqual([]);
  expect(await readdir(outside)).toEqual(["project"]);
});

test("a sample of them with the real binary", async () => {
  const { outside, root } = await makeProject();
  const commands = await readCommands(root);
  const random = createRandom(seed + 1);
  const found: string[] = [];
  for (let index = 0; index < 16; index += 1) {
    const args = randomArguments(commands, random).filter((word) => !word.includes("\u0000"));
    if (args.includes("watch")) continue;
    const { exitCode, stdout, stderr } = await runJaunt(root, args);
    const wrong = problems(args, { code: exitCode, stdout, stderr });
    if (wrong.length > 0) found.push(`${JSON.stringify(args).slice(0, 300)}: ${wrong.join(" ").slice(0, 600)}`);
  }
  expect(found).toEqual([]);
  expect(await readdir(outside)).toEqual(["project"]);
});
