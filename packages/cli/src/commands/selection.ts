import { isAbsolute, relative, resolve, sep } from "node:path";
import type { ModuleId } from "@jaunt/core";
import type { Language, Selection } from "@jaunt/orchestrator";
import type { GlobalOptions } from "../command-line/invocation.ts";
import type { OpenedProject } from "./with-project.ts";

/** The modules that `--target` and `--exclude` name. A spec file, as a shell completes it, counts as its module. */
export function selection(
  { targets, exclude }: Pick<GlobalOptions, "targets" | "exclude">,
  { project, languages }: OpenedProject,
  cwd: string,
): Selection {
  const normalize = (selector: string): string => normalizeSelector(selector, project.root, cwd, languages);
  return {
    ...(targets.length === 0 ? {} : { targets: targets.map(normalize) }),
    ...(exclude.length === 0 ? {} : { exclude: exclude.map(normalize) }),
  };
}

/** The module id or ref that an argument means: itself, or the module of a spec file. */
export function moduleOrRef(argument: string, root: string, cwd: string, languages: readonly Language[]): string {
  return moduleOfFile(argument, root, cwd, languages) ?? toPosix(argument).replace(/^\.\//, "");
}

function normalizeSelector(selector: string, root: string, cwd: string, languages: readonly Language[]): string {
  const [, before = "", name = "", after = ""] = /^(\+?)(.*?)(\+?)$/s.exec(selector) ?? [];
  // Only `./` keeps a ref of a module named `state` apart from a state.
  const kept = name.startsWith("./state:") ? name : toPosix(name).replace(/^\.\//, "");
  return `${before}${moduleOfFile(name, root, cwd, languages) ?? kept}${after}`;
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
