import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readdir, readFile, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, relative, sep } from "node:path";
import { linkPackages } from "./link-packages.ts";

/** A real folder under the system's temporary folder. Paths are posix and relative to its root. */
export interface TemporaryProject {
  /** Absolute native path, symbolic links resolved. */
  readonly root: string;
  /** Writes a file, making its folders. */
  write(path: string, text: string): Promise<void>;
  read(path: string): Promise<string>;
  exists(path: string): boolean;
  /** Every file below `folder`, sorted by code units, without `node_modules` and `.git`. */
  list(folder?: string): Promise<readonly string[]>;
  /** Deletes one file or folder, or the whole project. */
  remove(path?: string): Promise<void>;
}

export interface TemporaryProjectOptions {
  /** Packages to link into `node_modules`; `true` means what `tsc` and Node need to build and run a Jaunt project. */
  readonly nodeModules?: boolean | readonly string[];
  /** Absolute folder to make it in. Default: the system's temporary folder. */
  readonly folder?: string;
}

const usualPackages: readonly string[] = ["@jaunt/spec", "@types/node", "typescript"];

/** Makes a temporary project of `files`, whose keys are posix paths. The caller removes it. */
export async function createTemporaryProject(
  files: Readonly<Record<string, string>>,
  { nodeModules = false, folder = tmpdir() }: TemporaryProjectOptions = {},
): Promise<TemporaryProject> {
  const root = await realpath(await mkdtemp(join(folder, "jaunt-test-")));
  const project = projectAt(root);
  for (const [path, text] of Object.entries(files)) await project.write(path, text);
  const packages = nodeModules === true ? usualPackages : nodeModules === false ? [] : nodeModules;
  await linkPackages(root, packages);
  return project;
}

function projectAt(root: string): TemporaryProject {
  return {
    root,
    async write(path, text) {
      const file = join(root, path);
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, text);
    },
    read: (path) => readFile(join(root, path), "utf8"),
    exists: (path) => existsSync(join(root, path)),
    async list(folder = ".") {
      const files = await filesBelow(join(root, folder));
      return files.map((file) => relative(root, file).split(sep).join("/")).sort();
    },
    async remove(path = ".") {
      await rm(join(root, path), { recursive: true, force: true, maxRetries: 3 });
    },
  };
}

async function filesBelow(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const nested = entries.map(async (entry) => {
    if (!entry.isDirectory()) return [join(folder, entry.name)];
    return entry.name === "node_modules" || entry.name === ".git" ? [] : filesBelow(join(folder, entry.name));
  });
  return (await Promise.all(nested)).flat();
}
