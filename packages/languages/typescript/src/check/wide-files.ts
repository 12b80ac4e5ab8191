import { closeSync, existsSync, fstatSync, openSync, readSync, statSync, type Stats } from "node:fs";
import { posix } from "node:path";

/** What decides to which file a specifier that is no relative path leads; as the compiler tells it. */
export interface Aliases {
  readonly paths: Readonly<Record<string, readonly string[]>>;
  /** Absolute folder that `paths` are relative to. */
  readonly base: string;
}

/** Finds wide files again and again, and looks only into files that are not what they were. */
export type FindWideFiles = (files: readonly string[], aliases: Aliases) => readonly string[];

/** A search that has seen nothing yet. See `findWideFiles`. */
export function rememberWideFiles(): FindWideFiles {
  const known = new Map<string, SeenFile>();
  const look = fileLooker();
  return (files, aliases) =>
    findWideFiles(files, aliases, (file) => {
      const before = known.get(file);
      if (before !== undefined && isSame(before, file)) return before.facts;
      const seen = look(file);
      if (seen === undefined) known.delete(file);
      else known.set(file, seen);
      return seen?.facts;
    });
}

/**
 * Files of a project (absolute paths, slashes) that others can see the effect of without importing them: declarations, scripts, files
 * that change what is global or belongs to another module, and, since packages do that too, one file that imports it for everything
 * outside of the project. A program of these and of some files judges those as the whole project does.
 */
function findWideFiles(
  files: readonly string[],
  aliases: Aliases,
  factsOf: (file: string) => FileFacts | undefined,
): readonly string[] {
  const stems = new Set(files.map(stemOf));
  const outside = new Set<string>();
  const packageOf = packageFinder();
  return files.filter((file) => {
    const facts = factsOf(file);
    if (facts === undefined) return true;
    const folder = posix.dirname(file);
    let { isWide } = facts;
    for (const specifier of facts.specifiers) {
      if (asset.test(specifier) || leadsTo(specifier, folder, aliases).some((target) => stems.has(target))) continue;
      const key = isRelative(specifier) ? posix.join(folder, specifier) : `${packageOf(folder)} ${specifier}`;
      isWide ||= !outside.has(key);
      outside.add(key);
    }
    return isWide;
  });
}

// Each alternative has one way to match, so that no comment is read as code.
const space = String.raw`(?:\s|/\*(?:[^*]|\*(?!/))*\*/|//[^\n]*\n)`;
const moduleStart = new RegExp(`^${space}*(?:export|import(?!${space}*\\())\\b`);
const wideDeclaration = new RegExp(`\\bdeclare${space}+(?:global|module)\\b`);
const specifierInCode = new RegExp(
  `\\b(?:from|import|require)${space}*(?:\\(${space}*)?(["'\`])([^"'\`\\n]+)\\1|@jsxImportSource\\s+(\\S+)`,
  "g",
);
/** Files that declare nothing to anyone. */
const asset = /\.(?:json|css|scss|less|svg|png)$/;

function isWideByItself(file: string, text: string): boolean {
  if (/\.d\.(?:\w+\.)?[cm]?ts$/.test(file) || !moduleStart.test(text)) return true;
  return text.includes("<reference") || (text.includes("declare") && wideDeclaration.test(text));
}

function specifiersIn(text: string, file: string): readonly string[] {
  const found = [...text.matchAll(specifierInCode)].map((match) => match[2] ?? match[3] ?? "");
  // Such files import their runtime without saying so.
  return file.endsWith("x") ? [...found, "jsx-runtime"] : found;
}

/** Paths without ending that a specifier may mean, as far as they lie in the project. */
function leadsTo(specifier: string, folder: string, { paths, base }: Aliases): readonly string[] {
  const targets = isRelative(specifier)
    ? [posix.join(folder, specifier)]
    : Object.entries(paths).flatMap(([pattern, values]) => {
        const [start = "", end] = pattern.split("*");
        const isMatch =
          end === undefined ? specifier === start : specifier.startsWith(start) && specifier.endsWith(end);
        const rest = specifier.slice(start.length, specifier.length - (end?.length ?? 0));
        return isMatch
          ? values.map((value) =>
              posix.resolve(
                base,
                value.replace("*", () => rest),
              ),
            )
          : [];
      });
  return targets.flatMap((target) => [stemOf(target), target, posix.join(target, "index")]);
}

function isRelative(specifier: string): boolean {
  return /^\.\.?(?:\/|$)/.test(specifier);
}

function stemOf(path: string): string {
  return path.replace(/(?:\.d)?\.[cm]?[jt]sx?$/, "");
}

/** The nearest folder with a package.json: the same specifier may mean another package in another one. */
function packageFinder(): (folder: string) => string {
  const known = new Map<string, string>();
  const find = (folder: string): string => {
    const before = known.get(folder);
    if (before !== undefined) return before;
    const parent = posix.dirname(folder);
    const found = parent === folder || existsSync(`${folder}/package.json`) ? folder : find(parent);
    known.set(folder, found);
    return found;
  };
  return find;
}

/** What a file says of itself. */
interface FileFacts {
  readonly isWide: boolean;
  readonly specifiers: readonly string[];
}

interface SeenFile {
  readonly facts: FileFacts;
  readonly changedMs: number;
  readonly size: number;
  readonly inode: number;
  /** Milliseconds since the epoch. */
  readonly seenAt: number;
}

/** A file that changed less than this before it was seen may have changed again under the same time. */
const resolutionMs = 2000;

function isSame({ changedMs, size, inode, seenAt }: SeenFile, file: string): boolean {
  if (changedMs >= seenAt - resolutionMs) return false;
  try {
    const stats = statSync(file);
    return stats.size === size && stats.ino === inode && changedAt(stats) === changedMs;
  } catch {
    return false;
  }
}

function changedAt({ mtimeMs, ctimeMs }: Stats): number {
  return Math.max(mtimeMs, ctimeMs);
}

const longest = 1 << 20;

/** Reads one file after the other into the same memory. Undefined for what cannot be read, or is too long to be looked through. */
function fileLooker(): (file: string) => SeenFile | undefined {
  const buffer = Buffer.allocUnsafe(longest);
  return (file) => {
    const seenAt = Date.now();
    try {
      const descriptor = openSync(file, "r");
      try {
        const stats = fstatSync(descriptor);
        const length = readSync(descriptor, buffer, 0, longest, 0);
        if (length === longest) return undefined;
        const text = buffer.toString("latin1", 0, length);
        // Copies, because parts of a text keep the whole of it in memory.
        const specifiers = specifiersIn(text, file).map((specifier) =>
          Buffer.from(specifier, "latin1").toString("latin1"),
        );
        const facts = { isWide: isWideByItself(file, text), specifiers };
        return { facts, changedMs: changedAt(stats), size: stats.size, inode: stats.ino, seenAt };
      } finally {
        closeSync(descriptor);
      }
    } catch {
      return undefined;
    }
  };
}
