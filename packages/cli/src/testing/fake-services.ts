import { defaultConfig, type Config } from "@jaunt/core/config";
import type { BuildReport, Language, Project, ProjectOptions, StatusReport } from "@jaunt/orchestrator";
import { providers } from "../plugins/providers.ts";
import type { Services } from "../services.ts";

/** Methods of a project that a test replaces; each also gets what the project was opened with. */
export type FakeMethods = Partial<{
  [Name in keyof Project]: Project[Name] extends (...args: infer Args) => infer Result
    ? (options: ProjectOptions, ...args: Args) => Result
    : never;
}>;

/** Services whose project answers from `methods`, without reading anything. */
export function createFakeServices(
  methods: FakeMethods = {},
  overrides: Partial<Services> & { readonly config?: Config } = {},
): Services {
  const { config = defaultConfig(), ...services } = overrides;
  return {
    openProject: (root, options) => Promise.resolve(fakeProject(root, config, options, methods)),
    loadLanguages: () => Promise.resolve([fakeLanguage]),
    providers,
    ...services,
  };
}

/** A build report in which nothing happened, with changes. */
export function buildReport(changes: Partial<BuildReport> = {}): BuildReport {
  return {
    schema: "jaunt.build/1",
    command: "build",
    generated: [],
    restamped: [],
    restamps: [],
    examples: { passed: 0, not_run: 0 },
    skipped: [],
    failed: [],
    spliced: [],
    written: [],
    calls: 0,
    cache_hits: 0,
    remote_hits: 0,
    usage: { input: 0, cacheRead: 0, cacheWrite: 0, output: 0, reasoning: 0 },
    spent: {},
    cost: 0,
    cost_to_date: { dollars: 0, tokens: 0, unpriced_tokens: 0, since: null },
    model: "",
    budget_reached: false,
    budget_refused: null,
    diagnostics: [],
    interrupted: false,
    duration_seconds: 0,
    ...changes,
  };
}

/** A status report of no module, with changes. */
export function statusReport(changes: Partial<StatusReport> = {}): StatusReport {
  return {
    schema: "jaunt.status/1",
    command: "status",
    modules: {},
    counts: {},
    diagnostics: [],
    duration_seconds: 0,
    ...changes,
  };
}

function fakeProject(root: string, config: Config, options: ProjectOptions, methods: FakeMethods): Project {
  const bind = <Name extends "plan" | "sync" | "build" | "test" | "status" | "check" | "clean" | "why" | "watch">(
    name: Name,
  ): Project[Name] => {
    const method = methods[name] as ((options: ProjectOptions, ...args: unknown[]) => Promise<unknown>) | undefined;
    const call = (...args: unknown[]): Promise<unknown> =>
      method === undefined ? Promise.reject(new Error(`The test has no ${name}.`)) : method(options, ...args);
    return call as Project[Name];
  };
  return {
    root,
    config,
    plan: bind("plan"),
    sync: bind("sync"),
    build: bind("build"),
    test: bind("test"),
    status: bind("status"),
    check: bind("check"),
    lint: () => Promise.reject(new Error("No test here lints.")),
    clean: bind("clean"),
    why: bind("why"),
    watch: bind("watch"),
    describe: () => Promise.reject(new Error("No test here describes a module.")),
    read: () => Promise.reject(new Error("No test here reads a module.")),
    cache: { info: refuse, probe: () => Promise.resolve(null), clear: refuse, prune: refuse },
    close: () => methods.close?.(options) ?? Promise.resolve(),
  };
}

function refuse(): Promise<never> {
  return Promise.reject(new Error("No test here needs a cache."));
}

/** Knows `X.jaunt.ts` by name and nothing else. */
const fakeLanguage: Language = {
  reader: {
    apiVersion: 1,
    language: "typescript",
    version: "fake",
    patterns: ["**/*.jaunt.ts"],
    moduleId: (path) => (path.endsWith(".jaunt.ts") ? path.slice(0, -".jaunt.ts".length) : undefined),
    read: () => ({ diagnostics: [] }),
  },
  createTarget: () => Promise.reject(new Error("No test here needs a target.")),
};
