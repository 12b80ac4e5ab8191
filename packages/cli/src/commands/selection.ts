import { isAbsolute, relative, resolve, sep } from "node:path";
import type { ModuleId } from "@jaunt/core";
import type { Language, Selection } from "@jaunt/orchestrator";
import type { OpenedProject } from "./with-project.ts";

/** The modules that `--target` names. A spec file, as a shell completes it, counts as its module. */
export function selection(targets: readonly string[], { project, languages }: OpenedProject, cwd: string): Selection {
  return targets.length === 0
    ? {}
    : { targets: targets.map((target) => normalizeTarget(target, project.root, cwd, languages)) };
}

/** The module id that an argument means: itself, the module of a ref, or the module of a spec file. */
export function moduleIdOf(argument: string, root: string, cwd: string, languages: readonly Language[]): ModuleId {
  const fromFile = moduleOfFile(argument, root, cwd, languages);
  return (
    fromFile ??
    toPosix(argument)
      .replace(/^\.\//, "")
      .replace(/:[^:/]*$/, "")
  );
}

function normalizeTarget(target: string, root: string, cwd: string, languages: readonly Language[]): string {
  const [, before = "", name = "", after = ""] = /^(\+?)(.*?)(\+?)$/s.exec(target) ?? [];
  return `${before}${moduleOfFile(name, root, cwd, languages) ?? toPosix(name).replace(/^\.\//, "")}${after}`;
}

function moduleOfFile(name: string, root: string, cwd: string, languages: readonly Language[]): ModuleId | undefined {
  const inCwd = toPosix(relative(root, resolve(cwd, name)));
  // From a subfolder a path may be meant from there or, as module ids are, from the root; a shell completes the former.
  const path = isAbsolute(name) || cwd !== root ? inCwd : toPosix(name).replace(/^\.\//, "");
  if (path.startsWith("../")) return undefined;
  for (const { reader } of languages) {
    const id = reader.moduleId(path);
    if (id !== undefined) return id;
  }
  return undefined;
}

function toPosix(path: string): string {
  return sep === "\\" ? path.replaceAll("\\", "/") : path;
}
