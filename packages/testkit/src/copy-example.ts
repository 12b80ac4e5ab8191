import { existsSync } from "node:fs";
import { cp, readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { repositoryRoot } from "./repository-root.ts";
import { createTemporaryProject, type TemporaryProject } from "./temporary-project.ts";

const leftOut: ReadonlySet<string> = new Set(["node_modules", "dist", ".jaunt"]);

/** Copies `examples/<name>` to a temporary project, with the packages its package.json names linked. The caller removes it. */
export async function copyExample(name: string): Promise<TemporaryProject> {
  const source = join(repositoryRoot(), "examples", name);
  if (!existsSync(source)) throw new Error(`There is no example ${name}: ${source} does not exist.`);
  const project = await createTemporaryProject({}, { nodeModules: await dependencies(source) });
  await cp(source, project.root, { recursive: true, filter: (path) => !leftOut.has(basename(path)) });
  return project;
}

async function dependencies(folder: string): Promise<readonly string[]> {
  const manifest = JSON.parse(await readFile(join(folder, "package.json"), "utf8")) as {
    readonly dependencies?: Readonly<Record<string, string>>;
    readonly devDependencies?: Readonly<Record<string, string>>;
  };
  return Object.keys({ ...manifest.dependencies, ...manifest.devDependencies });
}
