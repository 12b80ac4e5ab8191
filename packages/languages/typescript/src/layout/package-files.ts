import { existsSync } from "node:fs";
import { join, posix } from "node:path";
import { isRecord } from "./is-record.ts";
import { sourceCandidates, targetsOf } from "./package-targets.ts";

/** What a package.json says that matters here; everything it may say wrongly is left out. */
export interface PackageFile {
  /** Folder, posix, relative to the root. */
  readonly directory: string;
  readonly name: string | undefined;
  readonly isModule: boolean;
  /** Names of declared packages of every kind. */
  readonly dependencies: readonly string[];
  /** `#x` to its best target, posix, relative to the root. */
  readonly imports: Readonly<Record<string, string>>;
  readonly content: Readonly<Record<string, unknown>>;
}

/** Finds and reads package.json files of one project, each at most once. */
export interface PackageFiles {
  /** The nearest package.json of a folder or above it. */
  nearest(directory: string): PackageFile | undefined;
  at(directory: string): PackageFile | undefined;
  readonly problems: readonly { readonly path: string; readonly problem: string }[];
}

/** Opens the package.json files of the project at `root`; `readText` gives a project file or undefined. */
export function openPackageFiles(root: string, readText: (path: string) => string | undefined): PackageFiles {
  const problems: { path: string; problem: string }[] = [];
  const loaded = new Map<string, PackageFile | undefined>();
  const nearest = new Map<string, PackageFile | undefined>();

  function at(directory: string): PackageFile | undefined {
    if (!loaded.has(directory)) loaded.set(directory, read(directory));
    return loaded.get(directory);
  }

  function read(directory: string): PackageFile | undefined {
    const path = posix.join(directory, "package.json");
    const text = readText(path);
    if (text === undefined) return undefined;
    try {
      const content: unknown = JSON.parse(text);
      return describe(root, directory, isRecord(content) ? content : {});
    } catch (error) {
      problems.push({ path, problem: error instanceof Error ? error.message : String(error) });
      return undefined;
    }
  }

  return {
    problems,
    at,
    nearest(directory) {
      const passed: string[] = [];
      let current = directory;
      while (!nearest.has(current)) {
        passed.push(current);
        const own = at(current);
        if (own !== undefined || current === ".") {
          nearest.set(current, own);
          break;
        }
        current = posix.dirname(current);
      }
      for (const each of passed) nearest.set(each, nearest.get(current));
      return nearest.get(current);
    },
  };
}

function describe(root: string, directory: string, content: Readonly<Record<string, unknown>>): PackageFile {
  const kinds = ["dependencies", "devDependencies", "optionalDependencies", "peerDependencies"].map(
    (kind) => content[kind],
  );
  const imports = isRecord(content["imports"]) ? Object.entries(content["imports"]) : [];
  return {
    directory,
    name: typeof content["name"] === "string" ? content["name"] : undefined,
    isModule: content["type"] === "module",
    dependencies: [...new Set(kinds.filter(isRecord).flatMap((kind) => Object.keys(kind)))].sort(),
    imports: Object.fromEntries(
      imports.flatMap(([key, value]) => {
        const candidates = targetsOf(value)
          .filter((target) => target.startsWith("./"))
          .flatMap(sourceCandidates);
        const best =
          candidates.find((candidate) => candidate.includes("*") || existsSync(join(root, directory, candidate))) ??
          candidates[0];
        return best === undefined ? [] : [[key, posix.join(directory, best)]];
      }),
    ),
    content,
  };
}
