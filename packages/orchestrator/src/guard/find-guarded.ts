import { closeSync, existsSync, openSync, readSync } from "node:fs";
import { dirname, join } from "node:path";
import type { ModuleId } from "@jaunt/core";
import type { ParsedFile } from "@jaunt/core/header";
import { projectPath } from "../write/native-path.ts";
import { generatedIndex, type TreePaths } from "./generated-tree.ts";
import { findSpec } from "./find-spec.ts";
import { parseAny } from "./parse-any.ts";
import { realTarget } from "./real-target.ts";

/** A generated file or folder, which nobody but Jaunt may write. */
export interface GuardedFile {
  /** Absolute native path of the project. */
  readonly root: string;
  /** Posix path relative to the root. */
  readonly path: string;
  /** The spec file to edit instead, posix and relative to the root; null when none is known. */
  readonly spec: string | null;
  /** The module of that spec, when the file's header names it. */
  readonly module: ModuleId | null;
  /** Whether it holds tests, so that `jaunt test` writes it. */
  readonly isTest: boolean;
  /** Whether it is a generated folder itself. */
  readonly isFolder: boolean;
}

/**
 * What is guarded at an absolute native path, through symbolic links too: files that start with Jaunt's header, and all that lies in a
 * generated folder of the project that holds it. Undefined for anything else. `readPaths` gives `[paths]` of the project in a folder.
 */
export function findGuarded(file: string, readPaths: (root: string) => TreePaths): GuardedFile | undefined {
  for (const place of new Set([realTarget(file), file])) {
    const root = findProject(place);
    const guarded = root === undefined ? undefined : inspect(place, root, readPaths(root));
    if (guarded !== undefined) return guarded;
  }
  return undefined;
}

/** The nearest folder upward with a jaunt.toml. */
function findProject(file: string): string | undefined {
  for (let folder = dirname(file); ; folder = dirname(folder)) {
    if (existsSync(join(folder, "jaunt.toml"))) return folder;
    if (dirname(folder) === folder) return undefined;
  }
}

function inspect(file: string, root: string, paths: TreePaths): GuardedFile | undefined {
  const path = projectPath(root, file);
  const index = generatedIndex(path, paths);
  const parsed = readHeader(file);
  if (index === -1 && parsed === undefined) return undefined;
  const spec = specOf(parsed, root) ?? findSpec(root, path, index);
  return {
    root,
    path,
    spec: spec ?? null,
    module: moduleOf(parsed),
    isTest: parsed !== undefined && "header" in parsed ? parsed.header.kind === "test" : isTestName(path),
    isFolder: path.split("/").length === index + 1,
  };
}

function isTestName(path: string): boolean {
  return /\.test\.[^/]+$/.test(path);
}

function specOf(parsed: ParsedFile | undefined, root: string): string | undefined {
  if (parsed === undefined || !("header" in parsed)) return undefined;
  const { sourcePath } = parsed.header;
  return existsSync(join(root, sourcePath)) ? sourcePath : undefined;
}

function moduleOf(parsed: ParsedFile | undefined): ModuleId | null {
  if (parsed === undefined) return null;
  return ("header" in parsed ? parsed.header.sourceModule : parsed.sourceModule) ?? null;
}

/** Longer than any header but those of the largest modules, which then count as damaged, and are guarded all the same. */
const headerBytes = 65_536;

/** The header at the top of a file, damaged or not; undefined where there is none. */
function readHeader(file: string): ParsedFile | undefined {
  return parseAny(readStart(file));
}

function readStart(file: string): string {
  let descriptor: number | undefined;
  try {
    descriptor = openSync(file, "r");
    const buffer = Buffer.alloc(headerBytes);
    return buffer.toString("utf8", 0, readSync(descriptor, buffer));
  } catch {
    return "";
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}
