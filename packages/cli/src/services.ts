import type { Language, Project, ProjectOptions } from "@jaunt/orchestrator";
import { languages } from "./plugins/languages.ts";
import { providers, type ProviderTable } from "./plugins/providers.ts";

/** What commands stand on; everything heavy is behind a function. */
export interface Services {
  readonly openProject: (root: string, options: ProjectOptions) => Promise<Project>;
  readonly loadLanguages: () => Promise<readonly Language[]>;
  readonly providers: ProviderTable;
}

/** The real ones. */
export const builtInServices: Services = Object.freeze({
  openProject: async (root: string, options: ProjectOptions) =>
    (await import("@jaunt/orchestrator")).openProject(root, options),
  loadLanguages: () => Promise.all(Object.values(languages).map((load) => load())),
  providers,
});
