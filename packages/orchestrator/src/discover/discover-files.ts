import { readdirSync, realpathSync, type Dirent } from "node:fs";
import { posix } from "node:path";
import type { Diagnostic, Role } from "@jaunt/core";
import { nativePath, projectPath } from "../write/native-path.ts";
import { isTemporary } from "../write/temporary-file.ts";
import type { Roots } from "./expand-roots.ts";
import { readIgnoredFolders, type IsIgnored } from "./read-ignored-folders.ts";

/** Every file that Jaunt may care about, posix and relative to the root, in code-unit order. */
export interface FoundFiles {
  readonly specs: readonly { readonly path: string; readonly role: Role }[];
  /** Files in generated folders below the roots. */
  readonly generated: readonly string[];
  /** Files that some process is writing, or never finished: no part of the project. */
  readonly temporary: readonly string[];
  readonly diagnostics: readonly Diagnostic[];
}

export interface DiscoveryRules {
  readonly roots: Roots;
  readonly generatedDir: string;
  readonly isSpec: (path: string) => boolean;
}

/** Walks the roots once. Symbolic links to folders are not followed, those to files only inside the project. */
export function discoverFiles(root: string, rules: DiscoveryRules): FoundFiles {
  const walk: Walk = {
    root,
    rules,
    isIgnored: readIgnoredFolders(root),
    roles: new Map([
      ...rules.roots.source.map((folder) => [folder, "build"] as const),
      ...rules.roots.test.map((folder) => [folder, "test"] as const),
    ]),
    specs: [],
    generated: [],
    temporary: [],
    diagnostics: [],
  };
  for (const start of outermost([...walk.roles.keys()])) walkFrom(walk, start);
  walk.specs.sort((left, right) => (left.path < right.path ? -1 : 1));
  walk.generated.sort();
  return walk;
}

interface Walk extends FoundFiles {
  readonly root: string;
  readonly rules: DiscoveryRules;
  readonly isIgnored: IsIgnored;
  /** Role by root folder; the longest one that holds a file decides. */
  readonly roles: ReadonlyMap<string, Role>;
  readonly specs: { path: string; role: Role }[];
  readonly generated: string[];
  readonly temporary: string[];
  readonly diagnostics: Diagnostic[];
}

interface Folder {
  readonly path: string;
  readonly role: Role;
  readonly generated: boolean;
}

function outermost(folders: readonly string[]): readonly string[] {
  return folders.filter(
    (folder) => !folders.some((other) => other !== folder && (other === "." || folder.startsWith(`${other}/`))),
  );
}

function walkFrom(walk: Walk, start: string): void {
  const pending: Folder[] = [{ path: start, role: walk.roles.get(start) ?? "build", generated: false }];
  for (let folder = pending.pop(); folder !== undefined; folder = pending.pop()) {
    const entries = list(walk, folder.path);
    const names = entries.some(({ name }) => name === "package.json") ? builtFolders : noFolders;
    for (const entry of entries) {
      const path = folder.path === "." ? entry.name : `${folder.path}/${entry.name}`;
      if (entry.isDirectory()) {
        const next = enter(walk, folder, entry.name, path, names);
        if (next !== undefined) pending.push(next);
      } else {
        addFile(walk, folder, path, entry);
      }
    }
  }
}

/** Where compilers and bundlers put their output, beside a package.json. */
const builtFolders: ReadonlySet<string> = new Set(["dist", "build", "out", "coverage"]);
const noFolders: ReadonlySet<string> = new Set();

function list(walk: Walk, path: string): readonly Dirent[] {
  try {
    const entries = readdirSync(nativePath(walk.root, path), { withFileTypes: true });
    // A folder with its own jaunt.toml is another project.
    return path !== "." && entries.some(({ name }) => name === "jaunt.toml") ? [] : entries;
  } catch (cause) {
    walk.diagnostics.push(unreadable(path, cause));
    return [];
  }
}

function enter(
  walk: Walk,
  parent: Folder,
  name: string,
  path: string,
  skipped: ReadonlySet<string>,
): Folder | undefined {
  const role = walk.roles.get(path);
  if (parent.generated || name === walk.rules.generatedDir) return { path, role: parent.role, generated: true };
  // A folder that the config names is a root whatever else it looks like.
  if (role !== undefined) return { path, role, generated: false };
  if (name === "node_modules" || name.startsWith(".") || skipped.has(name) || walk.isIgnored(path)) return undefined;
  return { path, role: parent.role, generated: false };
}

function addFile(walk: Walk, folder: Folder, path: string, entry: Dirent): void {
  if (isTemporary(path)) {
    walk.temporary.push(path);
    return;
  }
  if (!folder.generated && !walk.rules.isSpec(path)) return;
  if (!entry.isFile() && !(entry.isSymbolicLink() && leadsInside(walk.root, path))) return;
  if (!folder.generated) walk.specs.push({ path, role: folder.role });
  else walk.generated.push(path);
}

function leadsInside(root: string, path: string): boolean {
  try {
    const target = projectPath(realpathSync(root), realpathSync(nativePath(root, path)));
    return target !== ".." && !target.startsWith("../") && !posix.isAbsolute(target);
  } catch {
    return false;
  }
}

function unreadable(path: string, cause: unknown): Diagnostic {
  return {
    code: "discover/unreadable-folder",
    severity: "error",
    message: `Cannot list this folder: ${cause instanceof Error ? cause.message : String(cause)}.`,
    file: path,
    hint: "Make it readable, or leave it out of the roots in jaunt.toml.",
  };
}
