import { isBuiltin } from "node:module";
import { join, relative, sep } from "node:path";
import { pathToFileURL } from "node:url";
import type { TargetIo } from "@jaunt/core";
import type { OnLoadResult, OnResolveArgs, OnResolveResult, Plugin, PluginBuild } from "esbuild";
import { resolveSpecifier } from "../read/resolve-specifier.ts";
import type { BundleRequest } from "./bundle.ts";
import { moduleSpecifier } from "./case-scope.ts";
import { filePrefix } from "./entry-source.ts";
import { announceLoading, announceNotBuilt, runnerStub } from "./hooks.ts";
import { runnerModules } from "./read-test.ts";

/**
 * Finds files for esbuild as the project's tsconfig and workspace mean them, the overlay first. Packages are left for Node to load,
 * from the very file that the importer would get; the folders they lie in are added to `packageFolders`.
 */
export function projectPlugin(
  { generated, overlay, layout, withoutRunners = false }: BundleRequest,
  isCommonJs: boolean,
  packageFolders: Set<string>,
  io: TargetIo,
): Plugin {
  const texts = new Map<string, string | undefined>(overlay);
  const textOf = (path: string): string | undefined => {
    if (!texts.has(path)) texts.set(path, io.readText(path));
    return texts.get(path);
  };
  const toProject = (file: string): string => relative(io.root, file).split(sep).join("/");
  const inProject = (path: string): OnResolveResult => ({ path: join(io.root, path) });

  async function resolve(args: OnResolveArgs, build: PluginBuild): Promise<OnResolveResult | undefined> {
    const { path: specifier, importer, resolveDir, kind, pluginData } = args;
    if (pluginData === asIs || kind === "entry-point") return undefined;
    if (specifier === moduleSpecifier) return inProject(generated);
    if (specifier.startsWith(filePrefix)) return inProject(specifier.slice(filePrefix.length));
    if (withoutRunners && runnerModules.has(specifier)) return { path: specifier, namespace: runnerNamespace };
    if (isBuiltin(specifier)) return { path: specifier, external: true };
    const file = resolveSpecifier(specifier, toProject(importer), layout).find((path) => textOf(path) !== undefined);
    if (file !== undefined && !isDeclaration(file)) return inProject(file);
    if (/^(?:\.{0,2}\/|\.{1,2}$)/.test(specifier)) return undefined;
    const found = await build.resolve(specifier, {
      importer,
      resolveDir,
      // A project that compiles to CommonJS requires its packages.
      kind: isCommonJs ? "require-call" : kind,
      pluginData: asIs,
    });
    if (found.errors.length > 0 || found.external) return found;
    const folder = packageFolderOf(found.path);
    if (folder === undefined) return { path: found.path };
    packageFolders.add(folder);
    return { path: isCommonJs ? found.path : pathToFileURL(found.path).href, external: true };
  }

  function load(file: string): OnLoadResult | undefined {
    const path = toProject(file);
    const text = textOf(path);
    if (text === undefined) return undefined;
    const contents = path === generated ? announceLoading(text) : announceNotBuilt(text);
    return { contents, loader: loaderOf(path) };
  }

  return {
    name: "jaunt-project",
    setup(build) {
      build.onResolve({ filter: /.*/ }, (args) => resolve(args, build));
      build.onLoad({ filter: /\.[mc]?tsx?$/ }, ({ path }) => load(path));
      build.onLoad({ filter: /.*/, namespace: runnerNamespace }, ({ path }) => ({
        contents: runnerStub(path),
        loader: "js",
      }));
    },
  };
}

const runnerNamespace = "jaunt-runner";

/** Marks what this plugin itself asks esbuild to resolve. */
const asIs = "jaunt-as-is";

function isDeclaration(path: string): boolean {
  return /\.d\.[mc]?ts$/.test(path);
}

/** The outermost `node_modules` on the way to a file, whose packages may need each other. */
function packageFolderOf(file: string): string | undefined {
  const at = file.split(sep).indexOf("node_modules");
  return at === -1
    ? undefined
    : file
        .split(sep)
        .slice(0, at + 1)
        .join(sep);
}

function loaderOf(path: string): "ts" | "tsx" {
  return path.endsWith("x") ? "tsx" : "ts";
}
