import { closeSync, existsSync, openSync, readSync } from "node:fs";
import { posix } from "node:path";

/** What decides to which file a specifier that is no relative path leads; as the compiler tells it. */
export interface Aliases {
  readonly paths: Readonly<Record<string, readonly string[]>>;
  /** Absolute folder that `paths` are relative to. */
  readonly base: string;
}

/**
 * Files of a project (absolute paths, slashes) that others can see the effect of without importing them: declarations, scripts, files
 * that change what is global or belongs to another module, and, since packages do that too, one file that imports it for everything
 * outside of the project. A program of these and of some files judges those as the whole project does.
 */
export function findWideFiles(files: readonly string[], aliases: Aliases): readonly string[] {
  const stems = new Set(files.map(stemOf));
  const outside = new Set<string>();
  const packageOf = packageFinder();
  const read = textReader();
  return files.filter((file) => {
    const text = read(file);
    if (text === undefined) return true;
    const folder = posix.dirname(file);
    let isWide = isWideByItself(file, text);
    for (const specifier of specifiersIn(text, file)) {
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

const longest = 1 << 20;

/** Reads one file after the other into the same memory. Undefined for what cannot be read, or is too long to be looked through. */
function textReader(): (file: string) => string | undefined {
  const buffer = Buffer.allocUnsafe(longest);
  return (file) => {
    try {
      const descriptor = openSync(file, "r");
      try {
        const length = readSync(descriptor, buffer, 0, longest, 0);
        return length === longest ? undefined : buffer.toString("latin1", 0, length);
      } finally {
        closeSync(descriptor);
      }
    } catch {
      return undefined;
    }
  };
}
