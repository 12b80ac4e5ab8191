import { readdirSync } from "node:fs";
import { join, posix } from "node:path";
import type { TargetIo } from "@jaunt/core";
import { isObject, readManifest } from "./manifest.ts";
import type { WorkspacePackage } from "./settings.ts";
import { sourceCandidates } from "./source-candidates.ts";

/** The packages of an npm, yarn or pnpm workspace whose root is the project's, in code-unit order of their folders. */
export function workspacePackages(io: Pick<TargetIo, "root" | "readText">): readonly WorkspacePackage[] {
  const patterns = workspacePatterns(io);
  const wanted = patterns.filter((pattern) => !pattern.startsWith("!")).flatMap((pattern) => expand(io.root, pattern));
  const unwanted = new Set(patterns.filter((pattern) => pattern.startsWith("!")).flatMap((pattern) => expand(io.root, pattern.slice(1))));
  const folders = [...new Set(wanted)].filter((folder) => !unwanted.has(folder)).toSorted();
  return folders.flatMap((directory) => {
    const manifest = readManifest(io, directory);
    const name = manifest?.["name"];
    return manifest === undefined || typeof name !== "string" ? [] : [{ name, directory, exports: exportsOf(manifest, directory) }];
  });
}

function workspacePatterns(io: Pick<TargetIo, "readText">): readonly string[] {
  const { workspaces } = readManifest(io, ".") ?? {};
  const listed = isObject(workspaces) ? workspaces["packages"] : workspaces;
  const npm = Array.isArray(listed) ? listed.filter((entry): entry is string => typeof entry === "string") : [];
  return [...npm, ...pnpmPatterns(io.readText("pnpm-workspace.yaml") ?? "")];
}

/** The `packages:` list of pnpm-workspace.yaml, block or flow style: all that is needed of YAML here. */
function pnpmPatterns(yaml: string): readonly string[] {
  const [, flow, block] = /^packages:[ \t]*(?:\[([^\]]*)\]|\r?\n((?:[ \t]*(?:-.*|#.*)?\r?\n?)*))/m.exec(yaml) ?? [];
  const entries = flow?.split(",") ?? block?.split("\n").map((line) => /^\s*-\s*(.*)$/.exec(line)?.[1] ?? "") ?? [];
  return entries.map((entry) => entry.replace(/\s+#.*$/, "").trim().replaceAll(/^["']|["']$/g, "")).filter((entry) => entry !== "");
}

/** Folders that a pattern of names, `*` and `**` matches. */
function expand(root: string, pattern: string): readonly string[] {
  let folders: readonly string[] = ["."];
  for (const part of posix.normalize(pattern).replace(/\/$/, "").split("/")) {
    if (part === "**") folders = [...folders, ...folders.flatMap((folder) => below(root, folder))];
    else if (part.includes("*")) folders = folders.flatMap((folder) => children(root, folder).filter((name) => matches(part, posix.basename(name))));
    else folders = folders.map((folder) => posix.join(folder, part));
  }
  return folders;
}

function matches(pattern: string, name: string): boolean {
  const source = pattern.split("*").map((part) => part.replaceAll(/[$()+.?[\\\]^{|}]/g, "\\$&"));
  return new RegExp(`^${source.join("[^/]*")}$`).test(name);
}

function below(root: string, folder: string): readonly string[] {
  const found: string[] = [];
  const queue = [...children(root, folder)];
  for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
    found.push(next);
    queue.push(...children(root, next));
  }
  return found;
}

function children(root: string, folder: string): readonly string[] {
  try {
    return readdirSync(join(root, folder), { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && entry.name !== "node_modules" && !entry.name.startsWith("."))
      .map((entry) => posix.join(folder, entry.name));
  } catch {
    return [];
  }
}

function exportsOf(manifest: Readonly<Record<string, unknown>>, folder: string): WorkspacePackage["exports"] {
  const { exports } = manifest;
  const isMap = isObject(exports) && Object.keys(exports).every((key) => key.startsWith("."));
  const map = isMap ? exports : { ".": exports ?? [manifest["source"], manifest["types"], manifest["module"], manifest["main"]].filter(Boolean) };
  const found = Object.entries(map).map(([subpath, target]) => [subpath, sourceCandidates(target, folder)] as const);
  const usual = ["src/index.ts", "index.ts"].map((path) => posix.join(folder, path));
  return Object.fromEntries(found.map(([subpath, files]) => [subpath, subpath === "." ? [...files, ...usual] : files]));
}
