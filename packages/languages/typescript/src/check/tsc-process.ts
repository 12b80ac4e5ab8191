import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join, parse, relative, resolve } from "node:path";
import { JauntError, type TargetIo } from "@jaunt/core";
import { parseTsconfig } from "get-tsconfig";
import type { CompileRequest, CompilerProblem } from "./compile-request.ts";
import { implicitConfig } from "./implicit-config.ts";
import { positionsIn } from "./positions.ts";

const timeoutMs = 300_000;

/**
 * The same answer as the API's from one run of `tsc`: slow, but it stands on nothing unstable. The overlay is written
 * into a temporary mirror of the project, real folders where files are replaced and links everywhere else, which is
 * removed before this returns. Problems have no length: `end` is their `start`.
 */
export async function diagnoseByProcess(request: CompileRequest, io: TargetIo): Promise<readonly CompilerProblem[]> {
  const temporary = mkdtempSync(join(realpathSync(tmpdir()), "jaunt-check-"));
  try {
    const root = realpathSync(io.root);
    const mirror = join(temporary, relative(parse(root).root, root));
    const folders = [dirname(request.tsconfig), ...[...request.overlay.keys()].map((path) => dirname(path))];
    mirrorFolders(
      folders.map((folder) => join(root, folder)),
      temporary,
      new Set(request.overlay.keys()),
      root,
    );
    for (const [path, text] of request.overlay) writeFileSync(join(mirror, path), text);
    const base = request.tsconfig === "" ? "" : join(mirror, request.tsconfig);
    const config = join(mirror, dirname(request.tsconfig), "tsconfig.jaunt.json");
    writeFileSync(
      config,
      implicitConfig(
        base,
        request.files.map((file) => join(mirror, file)),
      ),
    );
    const result = await io.exec(argvFor(config, base), { timeoutMs });
    io.signal.throwIfAborted();
    const answered = result.exitCode === 0 || /error TS\d+/.test(result.stdout);
    if (result.timedOut || !answered) throw compilerFailed(result.stderr || result.stdout);
    const printed = (path: string): string => relative(mirror, resolve(root, path)).replaceAll("\\", "/");
    return problemsIn(result.stdout, request.files, printed, (file) => readFileSync(join(mirror, file), "utf8"));
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}

function argvFor(config: string, base: string): readonly string[] {
  const tsc = join(dirname(createRequire(import.meta.url).resolve("typescript/package.json")), "bin", "tsc");
  const options = base === "" ? {} : (parseTsconfig(base).compilerOptions ?? {});
  // Without these a run would write build information, through a link, into the user's project.
  const writeNothing = ["--noEmit", "--incremental", "false", "--composite", "false"];
  const declaration = options.composite === true ? ["--declaration", "true"] : [];
  return [process.execPath, tsc, "-p", config, "--pretty", "false", ...writeNothing, ...declaration];
}

/** Makes real copies of `folders` and of all folders above them; their other entries become links to the originals. */
function mirrorFolders(
  folders: readonly string[],
  temporary: string,
  replaced: ReadonlySet<string>,
  root: string,
): void {
  const top = parse(root).root;
  const real = new Set<string>();
  for (const start of folders) for (let folder = start; folder !== top; folder = dirname(folder)) real.add(folder);
  for (const folder of real) mkdirSync(join(temporary, relative(top, folder)), { recursive: true });
  for (const folder of real) {
    for (const name of namesIn(folder)) {
      const original = join(folder, name);
      if (real.has(original) || replaced.has(relative(root, original).replaceAll("\\", "/"))) continue;
      link(original, join(temporary, relative(top, original)));
    }
  }
}

function link(original: string, path: string): void {
  const stat = statSync(original, { throwIfNoEntry: false });
  if (stat === undefined) return;
  // Windows lets only administrators link files, but anybody join folders.
  if (process.platform === "win32" && stat.isFile()) copyFileSync(original, path);
  else symlinkSync(original, path, stat.isDirectory() ? "junction" : "file");
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function problemsIn(
  output: string,
  files: readonly string[],
  fileOf: (printed: string) => string,
  read: (file: string) => string,
): readonly CompilerProblem[] {
  const problems: CompilerProblem[] = [];
  for (const match of output.matchAll(/^(\S.*)\((\d+),(\d+)\): error TS(\d+): (.*(?:\r?\n[ \t]+.*)*)/gm)) {
    const [, path = "", line = "", column = "", code = "", message = ""] = match;
    const file = fileOf(path);
    if (!files.includes(file)) continue;
    const start = positionsIn(read(file)).of(Number(line), Number(column));
    problems.push({ code: Number(code), message: message.replaceAll("\r\n", "\n"), file, start, end: start });
  }
  return problems;
}

function compilerFailed(output: string): JauntError {
  return new JauntError("TypeScript could not check the project.", {
    code: "typescript-failed",
    hint: `Run tsc by hand to see why. It said: ${output.trim().slice(0, 500) || "nothing"}`,
    exitCode: 2,
  });
}
