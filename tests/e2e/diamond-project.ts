import { readdir, readFile, readlink, stat } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import { createTemporaryProject, runJaunt, runProcess, type TemporaryProject } from "@jaunt/testkit";
import { expect } from "vitest";
import { tsconfig } from "./fixture.ts";
import { recordings } from "./recorded-project.ts";

/** Spec files of a diamond: base <- left, right <- top; other uses a hand-written type and a hand-written value. */
const diamondSpecs: Readonly<Record<string, string>> = {
  "src/base": spec("base", "Twice the number.", []),
  "src/left": spec("left", "One more than {@link base}.", ["base"]),
  "src/right": spec("right", "One less than {@link base}.", ["base"]),
  "src/top": spec("top", "Sum of {@link left} and {@link right}.", ["left", "right"]),
  "src/other": [
    'import type { Options } from "./options.js";',
    'import { round } from "./round.js";',
    "/** The number, rounded by {@link round} as the options say. */",
    "export declare function other(n: number, options: Options): number;",
    "",
  ].join("\n"),
};

/** What a model replied for each. */
export const diamondReplies: Readonly<Record<string, string>> = {
  "src/base": body("base", "n * 2"),
  "src/left": body("left", "base(n) + 1"),
  "src/right": body("right", "base(n) - 1"),
  "src/top": body("top", "left(n) + right(n)"),
  "src/other": "export function other(n: number, options: Options): number {\n  return round(n, options.digits);\n}",
};

export interface DiamondOptions {
  /** Default `replay`. */
  readonly provider?: string;
  /** Lines below `[llm]`. */
  readonly llm?: string;
  /** Further tables of jaunt.toml. */
  readonly config?: string;
  /** Folder of the project in the temporary folder; default the temporary folder itself. */
  readonly folder?: string;
}

/** The files of a diamond project, to be put in a folder. */
export function diamondFiles({
  provider = "replay",
  llm = "",
  config = "",
  folder = "",
}: DiamondOptions = {}): Readonly<Record<string, string>> {
  const files: Readonly<Record<string, string>> = {
    "jaunt.toml": `version = 1\n[paths]\ntest_roots = []\n[llm]\nprovider = "${provider}"\nmodel = "scripted-model"\n${llm}${config}`,
    "package.json": '{ "name": "diamond", "private": true, "type": "module" }',
    "tsconfig.json": tsconfig(),
    "src/options.ts": "export interface Options {\n  readonly digits: number;\n}\n",
    "src/round.ts":
      "export function round(n: number, digits: number): number {\n  return Number(n.toFixed(digits));\n}\n",
    "src/app.ts": 'import { top } from "./top.js";\nconsole.log(top(3));\n',
    ...Object.fromEntries(Object.entries(diamondSpecs).map(([id, text]) => [`${id}.jaunt.ts`, text])),
    ...recordings(diamondReplies),
  };
  return Object.fromEntries(Object.entries(files).map(([path, text]) => [folder + path, text]));
}

/** A diamond project in a temporary folder, not built. */
export function createDiamond(options: DiamondOptions = {}): Promise<TemporaryProject> {
  return createTemporaryProject(diamondFiles(options), { nodeModules: true });
}

/** Builds, and expects that it went well. */
export async function build(root: string, ...args: readonly string[]): Promise<unknown> {
  const result = await runJaunt(root, ["build", "--json", ...args]);
  expect(`${result.stdout}${result.stderr} exit ${String(result.exitCode)}`).toContain("exit 0");
  return result.json();
}

/** Replaces text that must be there. */
export async function edit(project: TemporaryProject, path: string, from: string, to: string): Promise<void> {
  const text = await project.read(path);
  expect(text).toContain(from);
  await project.write(path, text.replace(from, to));
}

/** Every file and folder below `root` with its bytes, times and mode, `.git`, `.jaunt` and `node_modules` included. */
export async function snapshotTree(root: string): Promise<Readonly<Record<string, string>>> {
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  const states = entries.map(async (entry) => {
    const path = join(entry.parentPath, entry.name);
    const name = relative(root, path).split(sep).join("/");
    if (entry.isSymbolicLink()) return [name, await readlink(path)] as const;
    const { mtimeMs, mode } = await stat(path);
    const text = entry.isFile() ? await readFile(path, "latin1") : "";
    return [name, `${String(mtimeMs)} ${String(mode)} ${text}`] as const;
  });
  return Object.fromEntries((await Promise.all(states)).sort(([left], [right]) => (left < right ? -1 : 1)));
}

/** Runs git in a folder, as nobody in particular, and expects that it went well. */
export async function git(cwd: string, ...args: readonly string[]): Promise<string> {
  const identity = ["-c", "user.name=Test", "-c", "user.email=test@example.com", "-c", "commit.gpgsign=false"];
  const result = await runProcess("git", [...identity, ...args], { cwd });
  expect(`${result.stdout}${result.stderr} exit ${String(result.exitCode)}`).toContain("exit 0");
  return result.stdout;
}

function spec(name: string, doc: string, needs: readonly string[]): string {
  const imports = needs.map((need) => `import { ${need} } from "./${need}.js";\n`).join("");
  return `${imports}\n/** ${doc} */\nexport declare function ${name}(n: number): number;\n`;
}

function body(name: string, expression: string): string {
  return `export function ${name}(n: number): number {\n  return ${expression};\n}`;
}
