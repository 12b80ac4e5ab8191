import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { JauntError } from "@jaunt/core";
import { parseConfig } from "@jaunt/core/config";
import { build } from "./commands/build.ts";
import { cacheInfo, clearCache, probeRemote, pruneCache } from "./commands/cache.ts";
import { check } from "./commands/check.ts";
import { clean } from "./commands/clean.ts";
import { plan } from "./commands/plan.ts";
import { status } from "./commands/status.ts";
import { sync } from "./commands/sync.ts";
import { why } from "./commands/why.ts";
import type { Project, ProjectOptions } from "./project.ts";
import { createContext } from "./project-context.ts";
import { decodeText } from "./read/decode-text.ts";

/**
 * Opens the project whose `jaunt.toml` lies in `root`. Reads nothing else before a command runs.
 * @throws {JauntError} with code `config-missing`, `config-unreadable`, or one of `parseConfig`'s
 */
export function openProject(root: string, options: ProjectOptions): Promise<Project> {
  return Promise.resolve().then(() => open(resolve(root), options));
}

function open(root: string, options: ProjectOptions): Project {
  const config = parseConfig(readConfig(root), "jaunt.toml");
  const context = createContext(root, config, options);
  return {
    root,
    config,
    plan: (planOptions) => plan(context, planOptions),
    sync: (selection) => sync(context, selection),
    build: (buildOptions) => build(context, buildOptions),
    status: (selection) => status(context, selection),
    check: (checkOptions) => check(context, checkOptions),
    clean: (cleanOptions) => clean(context, cleanOptions),
    why: (module) => why(context, module),
    cache: {
      info: () => cacheInfo(context),
      probe: () => probeRemote(context),
      clear: () => clearCache(context),
      prune: (limits) => pruneCache(context, limits),
    },
    close: () => context.close(),
  };
}

function readConfig(root: string): string {
  const decoded = decodeText(readBytes(join(root, "jaunt.toml"), root));
  if ("text" in decoded) return decoded.text;
  throw new JauntError(`jaunt.toml:${decoded.line}: ${decoded.message}`, {
    code: "config-unreadable",
    hint: decoded.hint,
    exitCode: 2,
  });
}

function readBytes(file: string, root: string): Buffer {
  try {
    return readFileSync(file);
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === "ENOENT") {
      throw new JauntError(`There is no jaunt.toml in ${root}.`, {
        code: "config-missing",
        hint: "Run `jaunt init` there, or name the project's folder with --root.",
        exitCode: 2,
      });
    }
    throw new JauntError(`Cannot read jaunt.toml: ${cause instanceof Error ? cause.message : String(cause)}.`, {
      code: "config-unreadable",
      hint: "Make it readable for you.",
      exitCode: 2,
      cause,
    });
  }
}
