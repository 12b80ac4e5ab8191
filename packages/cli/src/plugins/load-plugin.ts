import { isAbsolute } from "node:path";
import { JauntError, type BackendPlugin } from "@jaunt/core";
import { installLine } from "../project/install-line.ts";
import { resolveModule, splitSpecifier } from "../project/resolve-module.ts";
import type { ProviderTable } from "./providers.ts";

export interface PluginContext {
  /** Absolute native path of the project: plug-ins are looked up from here. */
  readonly root: string;
  readonly providers: ProviderTable;
}

/**
 * The backend package of a provider: a built-in name, or a plug-in's module specifier.
 * @throws {JauntError} with exit code 2 when it is not installed, broken or no backend
 */
export async function loadPlugin(provider: string, { root, providers }: PluginContext): Promise<BackendPlugin> {
  const entry = Object.hasOwn(providers, provider) ? providers[provider] : undefined;
  if (entry !== undefined) {
    return asPlugin(await loadBuiltIn(entry.packageName, entry.load, root), provider);
  }
  return asPlugin(await loadThirdParty(provider, root, providers), provider);
}

/** From where this package is installed, else from the project: a `jaunt` that is installed globally finds both. */
function loadBuiltIn(packageName: string, load: () => Promise<unknown>, root: string): Promise<unknown> {
  return importFrom(packageName, installLine(root, [packageName]), async () => {
    try {
      return await load();
    } catch (error) {
      const url = isMissing(error, packageName) ? resolveModule(packageName, root) : undefined;
      if (url === undefined) throw error;
      return import(url);
    }
  });
}

function loadThirdParty(specifier: string, root: string, providers: ProviderTable): Promise<unknown> {
  const url = resolveModule(specifier, root);
  if (url !== undefined) return importFrom(specifier, "", () => import(url));
  const isFile = specifier.startsWith(".") || isAbsolute(specifier);
  throw new JauntError(
    `The provider ${JSON.stringify(specifier)} is neither built in nor ${isFile ? "a file" : "a package"} that can be found from ${root}.`,
    {
      code: "provider-missing",
      exitCode: 2,
      hint: `${isFile ? "Correct [llm] provider in jaunt.toml" : `If it is a plug-in, run \`${installLine(root, [splitSpecifier(specifier).name])}\``}; built in are ${["auto", ...Object.keys(providers)].join(", ")}.`,
    },
  );
}

async function importFrom(name: string, install: string, load: () => Promise<unknown>): Promise<unknown> {
  try {
    return await load();
  } catch (error) {
    if (isMissing(error, name)) {
      throw new JauntError(`The package ${name} is not installed.`, {
        code: "provider-missing",
        exitCode: 2,
        hint: `Run \`${install}\`.`,
        cause: error,
      });
    }
    throw new JauntError(
      `The provider's module ${name} cannot be loaded: ${error instanceof Error ? error.message : String(error)}`,
      {
        code: "provider-broken",
        exitCode: 2,
        hint: `Reinstall it, or try \`node -e 'import(${JSON.stringify(name)})'\` in the project's folder.`,
        cause: error,
      },
    );
  }
}

/** Only when the package itself is missing: one that misses a dependency of its own is broken. */
function isMissing(error: unknown, name: string): boolean {
  return (error as NodeJS.ErrnoException).code === "ERR_MODULE_NOT_FOUND" && String(error).includes(`'${name}'`);
}

function asPlugin(loaded: unknown, provider: string): BackendPlugin {
  const module = loaded as Partial<Record<keyof BackendPlugin, unknown>>;
  const problems = [
    ...(typeof module.createBackend === "function" ? [] : ["createBackend(setup)"]),
    ...(Array.isArray(module.keyEnvironment) ? [] : ["keyEnvironment"]),
    ...(typeof module.keyRequired === "function" ? [] : ["keyRequired(setup)"]),
  ];
  if (problems.length === 0) return module as BackendPlugin;
  throw new JauntError(
    `The provider ${JSON.stringify(provider)} is no Jaunt backend: it does not export ${problems.join(", ")}.`,
    {
      code: "provider-invalid",
      exitCode: 2,
      hint: "Check the name of [llm] provider in jaunt.toml; `BackendPlugin` of @jaunt/core says what a backend exports.",
    },
  );
}
