import { realpathSync, rmSync } from "node:fs";
import { isAbsolute, join, posix, relative, resolve, sep } from "node:path";
import { JauntError } from "@jaunt/core";
import { measure, readCacheFolder, type OwnEntry } from "../cache/cache-folder.ts";
import { countReplies, pruneReplies, type PruneLimits } from "../cache/prune-replies.ts";
import { parseRemoteAddress } from "../cache/remote-address.ts";
import { createRemoteClient } from "../cache/remote-client.ts";
import { exposedHint, exposedMessage } from "../cache/remote-store.ts";
import type {
  CacheClearReport,
  CacheInfoReport,
  CachePruneReport,
  CacheStoreReport,
  RemoteCacheReport,
} from "../cache-reports.ts";
import { takeBuildLock } from "../lock/build-lock.ts";
import type { ProjectContext } from "../project-context.ts";
import { failureFolder } from "../write/failure-report.ts";
import { nativePath } from "../write/native-path.ts";
import { writeError } from "../write/write-error.ts";
import { runCommand } from "./run-command.ts";

/** What the project's caches hold, and whether the shared one answers. Changes nothing. */
export function cacheInfo(context: ProjectContext): Promise<CacheInfoReport> {
  return runCommand(context, "cache", async (elapsed) => {
    const folder = cacheFolder(context);
    const stores: CacheStoreReport[] = [];
    for (const entry of readCacheFolder(folder).own) stores.push(await describe(context, entry));
    return {
      schema: "jaunt.cache/1",
      command: "cache",
      action: "info",
      dir: context.config.cache.dir,
      clearable_bytes: stores.reduce((sum, { bytes }) => sum + bytes, 0),
      stores: [...stores, ...kept(context)],
      remote: await probeRemote(context),
      duration_seconds: elapsed(),
    };
  });
}

/** Asks the shared cache for a sign of life, in two seconds at most; null when none is configured. */
export async function probeRemote({ config, options, signal }: ProjectContext): Promise<RemoteCacheReport | null> {
  if (config.cache.remote === "") return null;
  const address = parseRemoteAddress(config.cache.remote, options.cacheToken);
  const problem = await createRemoteClient(address, signal).probe();
  const base = { address: address.url, write: config.cache.remote_write, reachable: problem === undefined };
  if (problem !== undefined)
    return { ...base, problem: `The shared cache ${address.url} ${problem.what}.`, hint: problem.hint };
  return address.exposed
    ? { ...base, problem: exposedMessage(address), hint: exposedHint }
    : { ...base, problem: null, hint: null };
}

/**
 * Removes everything below `[cache] dir`.
 * @throws {JauntError} `cache-not-ours` when the folder holds anything that Jaunt did not write; `build-locked` during a build
 */
export function clearCache(context: ProjectContext): Promise<CacheClearReport> {
  return runCommand(context, "cache", (elapsed) => {
    const folder = cacheFolder(context);
    refuseProject(context, folder);
    const { own, foreign } = readCacheFolder(folder);
    if (foreign.length > 0) throw notOurs(context, foreign);
    const lock = takeBuildLock(context.root);
    try {
      const freed = own.reduce((sum, { name }) => sum + measure(join(folder, name)).bytes, 0);
      for (const { name } of own) remove(context, folder, name);
      return Promise.resolve({
        schema: "jaunt.cache/1",
        command: "cache",
        action: "clear",
        dir: context.config.cache.dir,
        removed: own.map(({ name }) => pathOf(context, name)),
        freed_bytes: freed,
        duration_seconds: elapsed(),
      });
    } finally {
      lock.release();
    }
  });
}

/**
 * Removes replies that were not used lately or are too many, and what is damaged.
 * @throws {JauntError} `build-locked` during a build, whose replies could go before they are counted
 */
export function pruneCache(context: ProjectContext, limits: PruneLimits = {}): Promise<CachePruneReport> {
  return runCommand(context, "cache", async (elapsed) => {
    const folder = cacheFolder(context);
    const replies = readCacheFolder(folder).own.find(({ kind }) => kind === "replies");
    const lock = takeBuildLock(context.root);
    try {
      const { removed, kept, freedBytes, keptBytes } =
        replies === undefined
          ? { removed: 0, kept: 0, freedBytes: 0, keptBytes: 0 }
          : await pruneReplies(join(folder, replies.name), limits, Date.now());
      return {
        schema: "jaunt.cache/1",
        command: "cache",
        action: "prune",
        dir: context.config.cache.dir,
        removed_replies: removed,
        kept_replies: kept,
        freed_bytes: freedBytes,
        kept_bytes: keptBytes,
        duration_seconds: elapsed(),
      };
    } catch (cause) {
      throw writeError(cause, context.config.cache.dir);
    } finally {
      lock.release();
    }
  });
}

function cacheFolder({ root, config }: ProjectContext): string {
  return resolve(root, config.cache.dir);
}

function pathOf({ config }: ProjectContext, name: string): string {
  return posix.join(config.cache.dir, name);
}

async function describe(context: ProjectContext, { name, kind }: OwnEntry): Promise<CacheStoreReport> {
  const path = join(cacheFolder(context), name);
  const { files, bytes } = measure(path);
  const entries = kind === "replies" ? await countReplies(path) : files;
  return { kind, path: pathOf(context, name), entries, bytes };
}

/** What is kept for people, which no cache command touches. */
function kept({ root }: ProjectContext): readonly CacheStoreReport[] {
  const folders = [
    { kind: "failures", path: failureFolder },
    { kind: "prompts", path: ".jaunt/prompts" },
    { kind: "backups", path: ".jaunt/backups" },
  ] as const;
  return folders.flatMap(({ kind, path }) => {
    const { files, bytes } = measure(nativePath(root, path));
    return files === 0 ? [] : [{ kind, path, entries: files, bytes }];
  });
}

/** The project is never below its own cache. */
function refuseProject({ root, config }: ProjectContext, folder: string): void {
  const way = relative(realPath(folder), realPath(root));
  if (way === ".." || way.startsWith(`..${sep}`) || isAbsolute(way)) return;
  throw new JauntError(`[cache] dir is ${JSON.stringify(config.cache.dir)}, which holds the project itself.`, {
    code: "cache-not-ours",
    hint: "Set [cache] dir to a folder of its own.",
    exitCode: 2,
  });
}

function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}

function notOurs({ config }: ProjectContext, foreign: readonly string[]): JauntError {
  const shown = foreign.slice(0, 3).join(", ");
  const more = foreign.length > 3 ? ` and ${String(foreign.length - 3)} more` : "";
  return new JauntError(`${config.cache.dir} holds what Jaunt did not write: ${shown}${more}. Nothing was removed.`, {
    code: "cache-not-ours",
    hint: "Set [cache] dir to a folder of its own, or move these away.",
    exitCode: 2,
  });
}

function remove(context: ProjectContext, folder: string, name: string): void {
  const path = pathOf(context, name);
  try {
    rmSync(join(folder, name), { recursive: true, force: true });
  } catch (cause) {
    throw writeError(cause, path);
  }
  context.emit({ type: "file-remove", path });
}
