import { readdirSync } from "node:fs";
import { join, posix } from "node:path";
import { isRecord } from "./is-record.ts";
import type { PackageFile, PackageFiles } from "./package-files.ts";
import { sourceCandidates, targetsOf } from "./package-targets.ts";
import type { WorkspacePackage } from "./settings.ts";

/** The packages of the workspace that the root declares in package.json or pnpm-workspace.yaml, by name. */
export function workspacePackages(
  root: string,
  packages: PackageFiles,
  pnpmWorkspace: string | undefined,
): readonly WorkspacePackage[] {
  const patterns = [...npmPatterns(packages.at(".")), ...pnpmPatterns(pnpmWorkspace)];
  if (patterns.length === 0) return [];
  const excluded = new Set(
    patterns.filter((pattern) => pattern.startsWith("!")).flatMap((pattern) => expand(root, pattern.slice(1))),
  );
  const directories = new Set([
    ".",
    ...patterns.filter((pattern) => !pattern.startsWith("!")).flatMap((pattern) => expand(root, pattern)),
  ]);
  return [...directories]
    .filter((directory) => !excluded.has(directory))
    .flatMap((directory) => packages.at(directory) ?? [])
    .flatMap((file) =>
      file.name === undefined ? [] : [{ name: file.name, directory: file.directory, exports: exportsOf(file) }],
    )
    .toSorted((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
}

function npmPatterns(file: PackageFile | undefined): readonly string[] {
  const workspaces = file?.content["workspaces"];
  const list: unknown = isRecord(workspaces) ? workspaces["packages"] : workspaces;
  return Array.isArray(list) ? list.filter((pattern) => typeof pattern === "string") : [];
}

/** The list under `packages:` in the form that everybody writes: one quoted or plain item a line, or all in brackets. */
function pnpmPatterns(text: string | undefined): readonly string[] {
  const [, inline, block] =
    /^packages:[ \t]*(?:\[([^\]]*)\]|\r?\n((?:[ \t]*(?:-.*|#.*)?(?:\r?\n|$))*))/m.exec(text ?? "") ?? [];
  const items =
    inline === undefined ? (block ?? "").split("\n").filter((line) => line.trim().startsWith("-")) : inline.split(",");
  return items
    .map((item) =>
      item
        .trim()
        .replace(/^-\s*/, "")
        .replace(/\s+#.*$/, "")
        .replaceAll(/^["']|["']$/g, ""),
    )
    .filter((item) => item !== "");
}

/** Folders that a workspace pattern means; only `*` and `**` are special. */
function expand(root: string, pattern: string): readonly string[] {
  let directories: readonly string[] = ["."];
  for (const segment of posix.normalize(pattern).split("/")) {
    if (segment === "" || segment === ".") continue;
    if (segment === "**") directories = directories.flatMap((directory) => allBelow(root, directory));
    else if (!segment.includes("*")) directories = directories.map((directory) => posix.join(directory, segment));
    else {
      const matcher = new RegExp(
        `^${segment
          .split("*")
          .map((part) => part.replaceAll(/[.+?^${}()|[\]\\]/g, String.raw`\$&`))
          .join(".*")}$`,
      );
      directories = directories.flatMap((directory) =>
        foldersIn(root, directory).filter((name) => matcher.test(posix.basename(name))),
      );
    }
  }
  return directories;
}

function allBelow(root: string, directory: string): readonly string[] {
  const found = [directory];
  // An array is iterated together with what is added on the way.
  for (const each of found) found.push(...foldersIn(root, each));
  return found;
}

function foldersIn(root: string, directory: string): readonly string[] {
  try {
    return readdirSync(join(root, directory), { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && entry.name !== "node_modules" && !entry.name.startsWith("."))
      .map((entry) => posix.join(directory, entry.name));
  } catch {
    return [];
  }
}

function exportsOf({ content, directory }: PackageFile): WorkspacePackage["exports"] {
  const declared = content["exports"];
  const entries: readonly (readonly [string, unknown])[] =
    declared === undefined
      ? [[".", ["source", "types", "module", "main"].map((key) => content[key]).concat("./index.js")]]
      : isRecord(declared) && Object.keys(declared).some((key) => key.startsWith("."))
        ? Object.entries(declared)
        : [[".", declared]];
  return Object.fromEntries(
    entries.map(([subpath, entry]) => {
      const candidates = targetsOf(entry).flatMap((target) => sourceCandidates(target));
      const files = candidates.map((candidate) => posix.join(directory, candidate));
      const isSource = (file: string): boolean => /(?<!\.d)\.[mc]?tsx?$/.test(file);
      return [subpath, [...new Set([...files.filter(isSource), ...files.filter((file) => !isSource(file))])]];
    }),
  );
}
