import { relative, sep } from "node:path";
import type { ModuleId } from "@jaunt/core";
import type { Config } from "@jaunt/core/config";
import type { Header, ParsedFile } from "@jaunt/core/header";
import { argument, nextCommand } from "../plan/next-command.ts";
import type { Language } from "../project.ts";
import { decodeText } from "../read/decode-text.ts";
import { bodyBytes, bodyDigest } from "../read/read-generated.ts";
import { findSpec } from "./find-spec.ts";
import { generatedIndex } from "./generated-tree.ts";
import { parseAny } from "./parse-any.ts";
import { createGit, type Git } from "./read-git.ts";
import { realTarget } from "./real-target.ts";
import { readBlobs, stagedChanges, type StagedChange } from "./staged-changes.ts";

export interface StagedCheckOptions {
  /** Absolute native path. */
  readonly root: string;
  readonly config: Config;
  /** Asked only when a body is not byte for byte what was written, so that a formatter's change is told from an edit. */
  readonly loadLanguages: () => Promise<readonly Language[]>;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** A staged change of a generated file that no build made. */
export interface StagedProblem {
  /** Posix path relative to the root. */
  readonly path: string;
  readonly reason: "edited" | "damaged" | "deleted";
  readonly spec: string | null;
  readonly message: string;
  readonly fix: string;
}

export interface StagedCheck {
  /** How many staged generated files were looked at. */
  readonly checked: number;
  readonly problems: readonly StagedProblem[];
  /** Files with the same problems that a merge brought about. */
  readonly merged: readonly string[];
}

/**
 * Looks at the generated files of the next commit. Refused are those whose body is not what their header says, those whose header is
 * damaged or gone, and those that go while their spec stays as it is. Reads the index alone, and writes nothing.
 * @throws {JauntError} with exit code 2 when there is no repository
 */
export async function checkStaged(options: StagedCheckOptions): Promise<StagedCheck> {
  const { root } = options;
  const git = createGit(root, options.environment);
  const changes = stagedChanges(git);
  const prefix = prefixOf(git, root);
  const ours = changes.flatMap((change) => {
    if (!change.path.startsWith(prefix)) return [];
    const path = change.path.slice(prefix.length);
    return generatedIndex(path, options.config.paths) === -1 ? [] : [{ ...change, path }];
  });
  const blobs = readBlobs(git, [...new Set(ours.flatMap(({ before, after }) => [before ?? [], after ?? []].flat()))]);
  const context: Context = {
    ...options,
    changed: new Set(changes.flatMap(({ path }) => (path.startsWith(prefix) ? [path.slice(prefix.length)] : []))),
    isTracked: (path) => (git(["ls-files", "-z", "--", path])?.length ?? 0) > 0,
    textOf: (id) => textOf(id === undefined ? undefined : blobs.get(id)),
  };
  const problems: StagedProblem[] = [];
  for (const change of ours) problems.push(...(await inspect(change, context)));
  const merging = problems.length > 0 && git(["rev-parse", "--quiet", "--verify", "MERGE_HEAD"]) !== undefined;
  return {
    checked: ours.length,
    problems: merging ? [] : problems,
    merged: merging ? problems.map(({ path }) => path) : [],
  };
}

/** The project's folder in its repository, with a slash at its end. */
function prefixOf(git: Git, root: string): string {
  const top = git(["rev-parse", "--show-toplevel"])?.toString("utf8").trimEnd() ?? root;
  const prefix = relative(realTarget(top), realTarget(root)).split(sep).join("/");
  return prefix === "" ? "" : `${prefix}/`;
}

interface Context extends StagedCheckOptions {
  /** Staged paths, relative to the root. */
  readonly changed: ReadonlySet<string>;
  readonly isTracked: (path: string) => boolean;
  readonly textOf: (blob: string | undefined) => string | undefined;
}

function textOf(bytes: Buffer | undefined): string | undefined {
  if (bytes === undefined) return undefined;
  const decoded = decodeText(bytes);
  return "text" in decoded ? decoded.text : "";
}

async function inspect({ path, before, after }: StagedChange, context: Context): Promise<readonly StagedProblem[]> {
  const earlier = parseAny(context.textOf(before) ?? "");
  if (after === undefined) return earlier === undefined ? [] : deletion(path, earlier, context);
  const parsed = parseAny(context.textOf(after) ?? "");
  if (parsed === undefined) return withoutHeader(path, earlier, context);
  if ("problem" in parsed)
    return [problem(path, "damaged", `its header is damaged: ${parsed.detail}`, parsed, context)];
  if (await isAsWritten(parsed, path, context)) return [];
  return [problem(path, "edited", "its body is not what its header says, so it was edited by hand", parsed, context)];
}

/** A file goes with its spec, or with an edit of it: a symbol or an example may have been its reason. */
function deletion(path: string, earlier: ParsedFile, context: Context): readonly StagedProblem[] {
  const spec = specOf(path, earlier, context);
  if (spec === null || context.changed.has(spec) || !context.isTracked(spec)) return [];
  const { fix: _, ...rest } = problem(path, "deleted", "it is deleted, and its spec stays as it is", earlier, context);
  return [{ ...rest, fix: `git restore --staged --worktree -- ${argument(path)}` }];
}

/** Other tools have folders of that name, too: only what was Jaunt's, or should be, is a problem. */
function withoutHeader(path: string, earlier: ParsedFile | undefined, context: Context): readonly StagedProblem[] {
  if (earlier === undefined && specOf(path, undefined, context) === null) return [];
  return [problem(path, "damaged", "it has no header of Jaunt's, so no build wrote it", earlier, context)];
}

async function isAsWritten(
  { header, body }: { readonly header: Header; readonly body: string },
  path: string,
  { config, loadLanguages }: Context,
): Promise<boolean> {
  if (header.kind === "placeholder" || header.bodyBytes === bodyBytes(body)) return true;
  const languages = await loadLanguages();
  const language = languages.find(({ reader }) => reader.moduleId(header.sourcePath) !== undefined) ?? languages[0];
  if (language === undefined) return false;
  const target = await language.createTarget(config);
  try {
    return header.bodyDigest === bodyDigest(body, path, target);
  } finally {
    await target.close?.();
  }
}

function problem(
  path: string,
  reason: StagedProblem["reason"],
  what: string,
  parsed: ParsedFile | undefined,
  context: Context,
): StagedProblem {
  const spec = specOf(path, parsed, context);
  const isTest = parsed !== undefined && "header" in parsed && parsed.header.kind === "test";
  const module = moduleOf(parsed) ?? spec?.replace(/\.jaunt\.[^./]+$/, "");
  return {
    path,
    reason,
    spec,
    message: `${what}. ${spec === null ? "Edit its spec instead." : `Edit ${spec} instead.`}`,
    fix: (module === undefined ? undefined : nextCommand(module, "edited", isTest ? "test" : "build")) ?? "jaunt build",
  };
}

function moduleOf(parsed: ParsedFile | undefined): ModuleId | undefined {
  if (parsed === undefined) return undefined;
  return "header" in parsed ? parsed.header.sourceModule : parsed.sourceModule;
}

function specOf(path: string, parsed: ParsedFile | undefined, { root, config }: Context): string | null {
  if (parsed !== undefined && "header" in parsed) return parsed.header.sourcePath;
  return findSpec(root, path, generatedIndex(path, config.paths)) ?? null;
}
