import { resolve } from "node:path";
import { build } from "./commands/build.ts";
import { cacheInfo, clearCache, probeRemote, pruneCache } from "./commands/cache.ts";
import { check } from "./commands/check.ts";
import { clean } from "./commands/clean.ts";
import { describeModule, readModule } from "./commands/describe.ts";
import { lint } from "./commands/lint.ts";
import { plan } from "./commands/plan.ts";
import { status } from "./commands/status.ts";
import { sync } from "./commands/sync.ts";
import { test } from "./commands/test.ts";
import { watch } from "./commands/watch.ts";
import { why } from "./commands/why.ts";
import type { Project, ProjectOptions } from "./project.ts";
import { createContext } from "./project-context.ts";
import { readProjectConfig } from "./read/read-project-config.ts";

/**
 * Opens the project whose `jaunt.toml` lies in `root`. Reads nothing else before a command runs.
 * @throws {JauntError} with code `config-missing`, `config-unreadable`, or one of `parseConfig`'s
 */
export function openProject(root: string, options: ProjectOptions): Promise<Project> {
  return Promise.resolve().then(() => open(resolve(root), options));
}

function open(root: string, options: ProjectOptions): Project {
  const read = readProjectConfig(root);
  const config = { ...read, llm: { ...read.llm, ...options.llm } };
  const context = createContext(root, config, options);
  return {
    root,
    config,
    plan: (planOptions) => plan(context, planOptions),
    sync: (selection) => sync(context, selection),
    build: (buildOptions) => build(context, buildOptions),
    test: (testOptions) => test(context, testOptions),
    status: (selection) => status(context, selection),
    check: (checkOptions) => check(context, checkOptions),
    lint: (lintOptions) => lint(context, lintOptions),
    clean: (cleanOptions) => clean(context, cleanOptions),
    why: (module) => why(context, module),
    describe: (module) => describeModule(context, module),
    read: (module, part) => readModule(context, module, part),
    watch: (watchOptions) => watch(context, watchOptions),
    cache: {
      info: () => cacheInfo(context),
      probe: () => probeRemote(context),
      clear: () => clearCache(context),
      prune: (limits) => pruneCache(context, limits),
    },
    close: () => context.close(),
  };
}
