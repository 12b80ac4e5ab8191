import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";

/** What a folder tells of itself before it has a jaunt.toml. */
export interface DetectedProject {
  /** Folders or globs, posix, relative to the root. */
  readonly sourceRoots: readonly string[];
  readonly testRoots: readonly string[];
  /** Names of tools whose configuration should skip generated files. */
  readonly tools: ReadonlySet<Tool>;
  readonly hasTsconfig: boolean;
  readonly hasManifest: boolean;
}

/** A tool that looks at every source file unless told otherwise. */
export type Tool = "eslint" | "prettier" | "biome" | "oxlint" | "oxfmt" | "vitest" | "jest" | "c8" | "nyc";

/** Looks at a folder: where its sources and tests are, and which tools it uses. */
export function detectProject(root: string): DetectedProject {
  const names = new Set(readdirSync(root));
  const manifest = readManifest(root);
  return {
    sourceRoots: detectSourceRoots(root, names, manifest),
    testRoots: firstFolders(root, ["tests", "test", "__tests__", "spec"], "tests"),
    tools: detectTools(names, manifest),
    hasTsconfig: [...names].some((name) => /^tsconfig(\..+)?\.json$/.test(name)),
    hasManifest: names.has("package.json"),
  };
}

interface PackageManifest {
  readonly workspaces?: unknown;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}

function readManifest(root: string): PackageManifest {
  try {
    return JSON.parse(readFileSync(join(root, "package.json"), "utf8").replace(/^\uFEFF/, "")) as PackageManifest;
  } catch {
    return {};
  }
}

function detectSourceRoots(
  root: string,
  names: ReadonlySet<string>,
  { workspaces }: PackageManifest,
): readonly string[] {
  const isWorkspace = workspaces !== undefined || names.has("pnpm-workspace.yaml");
  const groups = isWorkspace ? ["packages", "apps"].filter((group) => hasPackageSources(join(root, group))) : [];
  const own = isFolder(join(root, "src")) ? ["src"] : [];
  if (groups.length > 0) return [...own, ...groups.map((group) => `${group}/*/src`)];
  if (own.length > 0) return own;
  const other = ["lib", "app"].filter((name) => hasTypeScript(join(root, name)));
  if (other.length > 0) return other;
  return hasTypeScript(root) ? ["."] : ["src"];
}

function hasPackageSources(group: string): boolean {
  return isFolder(group) && readdirSync(group).some((name) => isFolder(join(group, name, "src")));
}

function hasTypeScript(folder: string): boolean {
  return (
    isFolder(folder) &&
    readdirSync(folder).some((name) => /\.[cm]?tsx?$/.test(name) && !/\.config\.[cm]?ts$|\.d\.[cm]?ts$/.test(name))
  );
}

function firstFolders(root: string, candidates: readonly string[], fallback: string): readonly string[] {
  const found = candidates.find((name) => isFolder(join(root, name)));
  return [found ?? fallback];
}

function isFolder(path: string): boolean {
  return existsSync(path) && statSync(path).isDirectory();
}

const configFiles: Readonly<Record<Tool, RegExp>> = {
  eslint: /^(\.eslintrc|eslint\.config\.)/,
  prettier: /^(\.prettierrc|prettier\.config\.)/,
  biome: /^biome\.jsonc?$/,
  oxlint: /^(\.oxlintrc|oxlint\.config\.)/,
  oxfmt: /^(\.oxfmtrc|oxfmt\.config\.)/,
  vitest: /^vitest\.(config|workspace)\./,
  jest: /^jest\.config\./,
  c8: /^\.c8rc/,
  nyc: /^\.nycrc/,
};

const packageNames: Readonly<Record<Tool, string>> = {
  eslint: "eslint",
  prettier: "prettier",
  biome: "@biomejs/biome",
  oxlint: "oxlint",
  oxfmt: "oxfmt",
  vitest: "vitest",
  jest: "jest",
  c8: "c8",
  nyc: "nyc",
};

function detectTools(
  names: ReadonlySet<string>,
  { dependencies, devDependencies }: PackageManifest,
): ReadonlySet<Tool> {
  const installed = { ...dependencies, ...devDependencies };
  const tools = Object.keys(configFiles) as readonly Tool[];
  return new Set(
    tools.filter(
      (tool) => Object.hasOwn(installed, packageNames[tool]) || [...names].some((name) => configFiles[tool].test(name)),
    ),
  );
}
