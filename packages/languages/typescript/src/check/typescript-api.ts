import type { ChildProcess } from "node:child_process";
import { readFileSync, realpathSync, statSync } from "node:fs";
import { posix } from "node:path";
import type { Writable } from "node:stream";
import type { API, Diagnostic, Project, Snapshot } from "typescript/unstable/async";
import type { CompileRequest, CompilerProblem } from "./compile-request.ts";
import { createDiskState, type DiskChanges } from "./disk-state.ts";
import { endWithParent } from "./end-with-parent.ts";
import { implicitConfig } from "./implicit-config.ts";
import { positionsIn } from "./positions.ts";
import { virtualFolders } from "./virtual-folders.ts";

/** One project root open in TypeScript's own process. Requests must not overlap. */
export interface ApiSession {
  /** Rejects when the process cannot start, dies or answers with an error; the next request starts a new one. */
  diagnose(request: CompileRequest): Promise<readonly CompilerProblem[]>;
  /** Looks for files that changed on disk since they were read; true when there are any. */
  refresh(): Promise<boolean>;
  close(): Promise<void>;
}

interface Running {
  readonly api: API;
  readonly child: ChildProcess;
  /** Rejects when the process ends. */
  readonly ended: Promise<never>;
  /** Whether files that are not on disk can be seen; costs a question per directory, so only where needed. */
  readonly virtual: boolean;
  readonly opened: Set<string>;
  snapshot: Snapshot | undefined;
}

interface Changes {
  readonly changed: Set<string>;
  readonly created: Set<string>;
  readonly deleted: Set<string>;
}

/** From here on the whole program is asked at once, which the compiler does on all cores. */
const manyFiles = 50;
const typeMeaning = 788968;
const optionalSymbol = 16777216;

/**
 * The only place that knows TypeScript 7's unstable API, which other versions rename. Files are overlaid in memory and
 * everything else is read from disk. The process is started by the first request and lives until `close`; it also ends
 * when this process does.
 */
export function createApiSession(nativeRoot: string): ApiSession {
  const root = realpathSync(nativeRoot).replaceAll("\\", "/");
  let disk = createDiskState(root);
  let running: Running | undefined;
  let overlay: ReadonlyMap<string, string> = new Map();
  /** Configs that exist in memory only, with the files they name. */
  const configs = new Map<string, { readonly base: string; readonly files: Set<string> }>();
  /** Files that were overlaid once: they may have been written since. */
  const overlaid = new Set<string>();
  let queued = noChanges();

  const textOf = (path: string): string | undefined => overlay.get(path) ?? configText(path);

  function configText(path: string): string | undefined {
    const config = configs.get(path);
    return config && implicitConfig(config.base, [...config.files]);
  }

  async function start(virtual: boolean): Promise<Running> {
    const { API } = await import("typescript/unstable/async");
    disk = createDiskState(root);
    queued = noChanges();
    const readFile = (path: string): string | undefined => {
      const text = textOf(path);
      if (text === undefined) disk.note(path);
      return text;
    };
    const api = new API({
      cwd: root,
      fs: virtual ? { readFile, ...virtualFolders(() => overlay.keys()) } : { readFile },
    });
    const child = await childOf(api);
    endWithParent(child);
    const ended = new Promise<never>((_, reject) => {
      child.once("exit", (code, signal) => reject(new Error(`the TypeScript process ended (${signal ?? code})`)));
      child.once("error", reject);
    });
    ended.catch(() => undefined);
    if (child.stdin !== null) ignoreFailedWrites(child.stdin);
    return { api, child, ended, virtual, opened: new Set(), snapshot: undefined };
  }

  async function stop(): Promise<void> {
    const { api, child } = running ?? {};
    running = undefined;
    if (api === undefined || child === undefined) return;
    await internals(api).client.close();
    if (child.exitCode !== null || child.signalCode !== null) return;
    // A busy process does not look at its input, so closing that alone would leave it behind for a while.
    const exit = new Promise((resolve) => child.once("exit", resolve));
    child.kill("SIGKILL");
    await exit;
  }

  /** Makes `next` what the compiler sees on top of the disk, and tells what differs from what it saw before. */
  function replaceOverlay(next: ReadonlyMap<string, string>): Changes {
    const changes = queued;
    queued = noChanges();
    const landed = disk.compare([...overlaid].filter((path) => !overlay.has(path) && !next.has(path)));
    addChanges(changes, landed);
    for (const path of new Set([...overlay.keys(), ...next.keys()])) {
      if (overlay.get(path) === next.get(path)) continue;
      const before = overlay.has(path) || disk.has(path);
      const now = next.has(path) || exists(path);
      if (now) (before ? changes.changed : changes.created).add(path);
      else if (before) changes.deleted.add(path);
    }
    for (const path of next.keys()) overlaid.add(path);
    overlay = next;
    return changes;
  }

  async function update(active: Running, changes: Changes, open: string): Promise<Snapshot> {
    const fileChanges = { changed: [...changes.changed], created: [...changes.created], deleted: [...changes.deleted] };
    const next = await active.api.updateSnapshot({
      ...(active.opened.has(open) ? {} : { openProjects: [open] }),
      ...(fileChanges.changed.length + fileChanges.created.length + fileChanges.deleted.length > 0
        ? { fileChanges }
        : {}),
    });
    active.opened.add(open);
    await active.snapshot?.dispose();
    active.snapshot = next;
    return next;
  }

  /** The project of `tsconfig` if it holds all files, else an in-memory one that extends it and names them. */
  async function projectFor(
    active: Running,
    request: CompileRequest,
    files: readonly string[],
    changes: Changes,
  ): Promise<Project> {
    const base = request.tsconfig === "" ? "" : `${root}/${request.tsconfig}`;
    if (base !== "") {
      if (!exists(base)) throw new Error(`${request.tsconfig} does not exist`);
      const project = (await update(active, changes, base)).getProject(base);
      if (project !== undefined && (await holds(project, files))) return project;
    }
    const path = posix.join(
      base === "" ? root : posix.dirname(base),
      `tsconfig.jaunt-${posix.basename(base, ".json") || "none"}.json`,
    );
    const config = configs.get(path) ?? { base, files: new Set<string>() };
    const added = files.filter((file) => !config.files.has(file));
    for (const file of added) config.files.add(file);
    const more = base === "" ? changes : noChanges();
    if (configs.has(path) && added.length > 0) more.changed.add(path);
    configs.set(path, config);
    const project = (await update(active, more, path)).getProject(path);
    if (project === undefined)
      throw new Error(`TypeScript could not open ${request.tsconfig || "the files without a tsconfig"}`);
    return project;
  }

  async function ask(active: Running, request: CompileRequest, changes: Changes): Promise<readonly CompilerProblem[]> {
    const files = request.files.map((file) => `${root}/${file}`);
    const { program, checker } = await projectFor(active, request, files, changes);
    const wanted = new Set(files);
    const each = async (get: (file?: string) => Promise<readonly Diagnostic[]>): Promise<readonly Diagnostic[]> => {
      if (files.length < manyFiles) return (await Promise.all(files.map(get))).flat();
      return (await get()).filter(({ fileName }) => fileName !== undefined && wanted.has(fileName));
    };
    let found = await each((file) => program.getSyntacticDiagnostics(file));
    if (found.length === 0) found = await each((file) => program.getSemanticDiagnostics(file));
    const { declaration, composite } = program.getCompilerOptions();
    if (found.length === 0 && (declaration || composite))
      found = await each((file) => program.getDeclarationDiagnostics(file));
    return Promise.all(found.map(async (one) => problemOf(one, await missingProperties(one, checker))));
  }

  function problemOf(diagnostic: Diagnostic, hint: string | undefined): CompilerProblem {
    const path = diagnostic.fileName ?? "";
    const positions = positionsIn(textOf(path) ?? readFileSync(path, "utf8").replace(/^\uFEFF/, ""));
    return {
      code: diagnostic.code,
      message: flatten(diagnostic, ""),
      file: posix.relative(root, path),
      start: positions.at(diagnostic.pos),
      end: positions.at(diagnostic.end),
      ...(hint === undefined ? {} : { hint }),
    };
  }

  return {
    async diagnose(request) {
      const next = new Map([...request.overlay].map(([path, text]) => [`${root}/${path}`, text]));
      const virtual = running?.virtual === true || [...next.keys()].some((path) => !exists(path));
      try {
        if (running?.virtual !== virtual) await stop();
        running ??= await start(virtual);
        const active = running;
        const changes = replaceOverlay(next);
        return await Promise.race([
          ask(active, request, active.snapshot === undefined ? noChanges() : changes),
          active.ended,
        ]);
      } catch (error) {
        await stop();
        throw error;
      }
    },
    async refresh() {
      if (running === undefined) return false;
      const changes = disk.compareAll();
      if (changes.restart) await stop();
      else addChanges(queued, changes);
      return changes.restart || changes.changed.length + changes.created.length + changes.deleted.length > 0;
    },
    close: stop,
  };
}

interface ApiInternals {
  readonly client: { connect(): Promise<void>; close(): Promise<void>; readonly process?: ChildProcess };
}

// The API has no way to notice that its process died: a request would then never settle.
function internals(api: API): ApiInternals {
  return api as unknown as ApiInternals;
}

async function childOf(api: API): Promise<ChildProcess> {
  await internals(api).client.connect();
  const child = internals(api).client.process;
  if (child === undefined) throw new Error("the TypeScript API started no process");
  return child;
}

/** The message library turns a failed write into an unhandled rejection, which would end Jaunt; `ended` tells of it as well. */
function ignoreFailedWrites(stream: Writable): void {
  const write = stream.write.bind(stream) as (data: unknown, encoding: BufferEncoding, done: () => void) => boolean;
  stream.write = (data: unknown, ...rest: readonly unknown[]): boolean => {
    const encoding = rest.find((each) => typeof each === "string") ?? "utf8";
    const done = rest.find((each) => typeof each === "function");
    return write(data, encoding as BufferEncoding, () => done?.());
  };
  stream.on("error", () => undefined);
}

function noChanges(): Changes {
  return { changed: new Set(), created: new Set(), deleted: new Set() };
}

function addChanges(to: Changes, from: DiskChanges): void {
  for (const path of from.changed) to.changed.add(path);
  for (const path of from.created) to.created.add(path);
  for (const path of from.deleted) to.deleted.add(path);
}

async function holds(project: Project, files: readonly string[]): Promise<boolean> {
  const roots = new Set(project.rootFiles);
  const others = files.filter((file) => !roots.has(file));
  if (others.length === 0) return true;
  const all = new Set(await project.program.getSourceFileNames());
  return others.every((file) => all.has(file));
}

function exists(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}

function flatten(diagnostic: Diagnostic, indent: string): string {
  const nested = (diagnostic.messageChain ?? []).map((part) => `\n${flatten(part, `${indent}  `)}`);
  return `${indent}${diagnostic.text}${nested.join("")}`;
}

/** The compiler lists at most four missing properties and then says "and 3 more"; a model needs them all. */
async function missingProperties(diagnostic: Diagnostic, checker: Project["checker"]): Promise<string | undefined> {
  const name = /from type '([\w$]+)(?:<.*>)?': .*, and \d+ more\.$/.exec(diagnostic.text)?.[1];
  if (diagnostic.code !== 2740 || name === undefined || diagnostic.fileName === undefined) return undefined;
  const symbol = await checker.resolveName(name, typeMeaning, {
    document: diagnostic.fileName,
    position: diagnostic.pos,
  });
  if (symbol === undefined) return undefined;
  const properties = await checker.getPropertiesOfType(await checker.getDeclaredTypeOfSymbol(symbol));
  const required = properties
    .filter((property) => (property.flags & optionalSymbol) === 0)
    .map((property) => property.name);
  return `${name} requires: ${required.join(", ")}.`;
}
