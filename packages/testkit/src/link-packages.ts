import { existsSync, readdirSync, readFileSync, realpathSync } from "node:fs";
import { mkdir, symlink } from "node:fs/promises";
import { dirname, join } from "node:path";
import { repositoryRoot } from "./repository-root.ts";

/** Links packages of this repository, or packages it has installed, into `<root>/node_modules`. */
export async function linkPackages(root: string, names: readonly string[]): Promise<void> {
  const workspace = workspacePackages();
  for (const name of names) {
    const target = workspace.get(name) ?? installedPackage(name, [...workspace.values()]);
    const link = join(root, "node_modules", name);
    await mkdir(dirname(link), { recursive: true });
    await symlink(target, link, "junction");
  }
}

function workspacePackages(): ReadonlyMap<string, string> {
  const packages = join(repositoryRoot(), "packages");
  const folders = readdirSync(packages).flatMap((name) => {
    const folder = join(packages, name);
    return existsSync(join(folder, "package.json"))
      ? [folder]
      : readdirSync(folder).map((inner) => join(folder, inner));
  });
  return new Map(
    folders.filter((folder) => existsSync(join(folder, "package.json"))).map((folder) => [packageName(folder), folder]),
  );
}

function packageName(folder: string): string {
  return (JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as { readonly name: string }).name;
}

function installedPackage(name: string, folders: readonly string[]): string {
  const installed = [repositoryRoot(), ...folders].map((folder) => join(folder, "node_modules", name)).find(existsSync);
  if (installed === undefined) throw new Error(`${name} is neither a package of this repository nor installed in it.`);
  return realpathSync(installed);
}
