import { mkdirSync, readdirSync, readFileSync, readlinkSync, symlinkSync, writeFileSync } from "node:fs";
import { cp } from "node:fs/promises";
import { join, relative } from "node:path";
import { copyExample, createTemporaryProject, repositoryRoot, runJaunt, type TemporaryProject } from "@jaunt/testkit";
import { replace } from "./change.ts";

/** `shop`: this folder's fixture. `shop in built`: the same with another `generated_dir`. `mail`: the example. */
export type TemplateName = "shop" | "shop in built" | "mail";

/** Built projects, each made once, and copies of them. */
export interface Templates {
  /** A copy to edit. The caller removes it. */
  copy(name: TemplateName): Promise<TemporaryProject>;
}

/** Ids of the spec modules of a project, in code-unit order. */
export async function specModulesOf(project: TemporaryProject): Promise<readonly string[]> {
  const paths = await project.list("src");
  return paths.filter((path) => path.endsWith(".jaunt.ts")).map((path) => path.slice(0, -".jaunt.ts".length));
}

/** Templates that are made when first asked for. */
export function openTemplates(): Templates {
  const made = new Map<TemplateName, Promise<Snapshot>>();
  return {
    async copy(name) {
      const snapshot = made.get(name) ?? takeSnapshot(name);
      made.set(name, snapshot);
      const project = await createTemporaryProject({});
      restore(await snapshot, project.root);
      return project;
    },
  };
}

/** A project in memory: writing a few hundred small files is faster than copying them. */
interface Snapshot {
  /** Paths relative to the root, outer folders first. */
  readonly folders: readonly string[];
  readonly files: readonly (readonly [path: string, bytes: Buffer])[];
  readonly links: readonly (readonly [path: string, target: string])[];
}

async function takeSnapshot(name: TemplateName): Promise<Snapshot> {
  const project = await make(name);
  try {
    const entries = readdirSync(project.root, { recursive: true, withFileTypes: true }).map((entry) => {
      const file = join(entry.parentPath, entry.name);
      return { entry, file, path: relative(project.root, file) };
    });
    return {
      folders: entries.filter(({ entry }) => entry.isDirectory()).map(({ path }) => path),
      files: entries.filter(({ entry }) => entry.isFile()).map(({ path, file }) => [path, readFileSync(file)]),
      links: entries.filter(({ entry }) => entry.isSymbolicLink()).map(({ path, file }) => [path, readlinkSync(file)]),
    };
  } finally {
    await project.remove();
  }
}

function restore({ folders, files, links }: Snapshot, root: string): void {
  for (const folder of folders) mkdirSync(join(root, folder), { recursive: true });
  for (const [path, bytes] of files) writeFileSync(join(root, path), bytes);
  for (const [path, target] of links) symlinkSync(target, join(root, path), "junction");
}

async function make(name: TemplateName): Promise<TemporaryProject> {
  const project = name === "mail" ? await copyExample("mail") : await copyShop();
  if (name === "shop in built") await replace("jaunt.toml", "[paths]", '[paths]\ngenerated_dir = "built"')(project);
  await mustSucceed(project, "build");
  // Leaves the cache as a developer's last command does, but for the words behind digests, which no row asks for.
  await mustSucceed(project, "status");
  await project.remove(".jaunt/cache/contracts");
  return project;
}

async function copyShop(): Promise<TemporaryProject> {
  const project = await createTemporaryProject({}, { nodeModules: true });
  const source = join(repositoryRoot(), "tests", "e2e", "edits", "__fixtures__", "shop");
  await cp(source, project.root, { recursive: true });
  return project;
}

async function mustSucceed(project: TemporaryProject, command: string): Promise<void> {
  const { exitCode, stdout, stderr } = await runJaunt(project.root, [command]);
  if (exitCode !== 0) throw new Error(`jaunt ${command} of a template failed:\n${stdout}${stderr}`);
}
