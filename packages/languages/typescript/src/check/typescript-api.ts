import { readFileSync, realpathSync, statSync } from "node:fs";
import { posix } from "node:path";
import type { Diagnostic, Project, Snapshot } from "typescript/unstable/async";
import type { CompileRequest, CompilerProblem } from "./compile-request.ts";
import { createDiskState, type DiskChanges } from "./disk-state.ts";
import { implicitConfig, nearConfig } from "./implicit-config.ts";
import { positionsIn } from "./positions.ts";
import { startApi, type RunningApi } from "./start-api.ts";
import { virtualFolders } from "./virtual-folders.ts";
import { rememberWideFiles, type Aliases, type FindWideFiles } from "./wide-files.ts";

/** One project root open in TypeScript's own process. Requests must not overlap. */
export interface ApiSession {
  /** Rejects when the process cannot start, dies or answers with an error; the next request starts a new one. */
  diagnose(request: CompileRequest): Promise<readonly CompilerProblem[]>;
  /** Looks for files that changed on disk since they were read; true when there are any. */
  refresh(): Promise<boolean>;
  close(): Promise<void>;
}

interface Running extends RunningApi {
  /** Whether files that are not on disk can be seen; costs a question per directory, so only where needed. */
  readonly virtual: boolean;
  readonly opened: Set<string>;
  snapshot: Snapshot | undefined;
}

/** Files of a project that concern all others. */
interface WideFiles {
  readonly files: readonly string[];
  readonly isComposite: boolean;
}

interface Changes {
  readonly changed: Set<string>;
  readonly created: Set<string>;
  readonly deleted: Set<string>;
}

/** From here on the whole program is asked at once, which the compiler does on all cores. */
const manyFiles = 50;
/** While so few files were asked about, only they and what concerns them are opened. */
const fewFiles = 50;
const typeMeaning = 788968;
const optionalSymbol = 16777216;

/**
 * Knows, together with `startApi` and `findFailingFiles` alone, TypeScript 7's unstable API, which other versions rename. Files are overlaid in memory and
 * everything else is read from disk. The process is started by the first request and lives until `close`; it also ends
 * when this process does.
 */
export function createApiSession(nativeRoot: string): ApiSession {
  const root = realpathSync(nativeRoot).replaceAll("\\", "/");
  let disk = createDiskState(root);
  let running: Running | undefined;
  let overlay: ReadonlyMap<string, string> = new Map();
  /** Texts of configs that exist in memory only, and the files that such a config names for good. */
  const configs = new Map<string, string>();
  const loose = new Map<string, Set<string>>();
  /** Files that were asked about, and those that concern all others, by config. */
  const asked = new Map<string, Set<string>>();
  const wide = new Map<string, WideFiles>();
  const findWideFiles = rememberWideFiles();
  /** Files that were overlaid once: they may have been written since. */
  const overlaid = new Set<string>();
  let queued = noChanges();

  const textOf = (path: string): string | undefined => overlay.get(path) ?? configs.get(path);

  async function start(virtual: boolean): Promise<Running> {
    disk = createDiskState(root);
    queued = noChanges();
    const readFile = (path: string): string | undefined => {
      const text = textOf(path);
      if (text === undefined) disk.note(path);
      return text;
    };
    const started = await startApi({
      cwd: root,
      fs: virtual ? { readFile, ...virtualFolders(() => overlay.keys()) } : { readFile },
    });
    return { ...started, virtual, opened: new Set(), snapshot: undefined };
  }

  async function stop(): Promise<void> {
    const stopped = running;
    running = undefined;
    wide.clear();
    await stopped?.stop();
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

  /**
   * A project that judges the files as that of `tsconfig` does: for few files an in-memory one of them and what concerns everyone,
   * then the whole one if it holds them all, else an in-memory one that extends it and names them.
   */
  async function projectFor(
    active: Running,
    request: CompileRequest,
    files: readonly string[],
    changes: Changes,
  ): Promise<Project> {
    const base = request.tsconfig === "" ? "" : `${root}/${request.tsconfig}`;
    if (base !== "") {
      if (!exists(base)) throw new Error(`${request.tsconfig} does not exist`);
      const all = asked.get(base) ?? new Set();
      asked.set(base, all);
      for (const file of files) all.add(file);
      if (all.size <= fewFiles) return near(active, base, files, changes);
      const project = (await update(active, changes, base)).getProject(base);
      if (project !== undefined && (await holds(project, files))) return project;
    }
    const path = pathInMemory(base, "all");
    const named = loose.get(path) ?? new Set<string>();
    loose.set(path, named);
    for (const file of files) named.add(file);
    const more = base === "" ? changes : noChanges();
    setConfig(path, implicitConfig(base, [...named]), more);
    return opened(await update(active, more, path), path, request);
  }

  async function near(active: Running, base: string, files: readonly string[], changes: Changes): Promise<Project> {
    const found = wide.get(base) ?? (await wideFilesOf(active, base, findWideFiles));
    wide.set(base, found);
    const path = pathInMemory(base, "near");
    setConfig(path, nearConfig(base, [...new Set([...files, ...found.files])], found.isComposite), changes);
    return opened(await update(active, changes, path), path, { tsconfig: base });
  }

  function pathInMemory(base: string, kind: "all" | "near"): string {
    const folder = base === "" ? root : posix.dirname(base);
    return posix.join(folder, `tsconfig.jaunt-${kind}-${posix.basename(base, ".json") || "none"}.json`);
  }

  function setConfig(path: string, text: string, changes: Changes): void {
    if (configs.has(path) && configs.get(path) !== text) changes.changed.add(path);
    configs.set(path, text);
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
      wide.clear();
      if (changes.restart) await stop();
      else addChanges(queued, changes);
      return changes.restart || changes.changed.length + changes.created.length + changes.deleted.length > 0;
    },
    close: stop,
  };
}

function opened(snapshot: Snapshot, path: string, { tsconfig }: Pick<CompileRequest, "tsconfig">): Project {
  const project = snapshot.getProject(path);
  if (project === undefined) throw new Error(`TypeScript could not open ${tsconfig || "the files without a tsconfig"}`);
  return project;
}

async function wideFilesOf({ api }: Running, config: string, findWideFiles: FindWideFiles): Promise<WideFiles> {
  const { options, fileNames } = await api.parseConfigFile(config);
  const { paths = {}, pathsBasePath = posix.dirname(config), composite } = options as ParsedOptions;
  return { files: findWideFiles(fileNames, { paths, base: pathsBasePath }), isComposite: composite === true };
}

interface ParsedOptions {
  readonly paths?: Aliases["paths"];
  readonly pathsBasePath?: string;
  readonly composite?: boolean;
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
