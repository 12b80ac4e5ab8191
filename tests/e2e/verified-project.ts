import { casesOf, type SpecSource, type TestRun } from "@jaunt/core";
import { createTemporaryProject, type TemporaryProject } from "@jaunt/testkit";
import { typescriptReader } from "@jaunt/typescript";
import { tsconfig } from "./fixture.ts";
import { openTarget, type OpenedTarget, type Runner } from "./opened-target.ts";
import { startRunner } from "./start-runner.ts";

/** A project on disk whose candidates are run against their cases by the real target, in real processes. */
export interface VerifiedProject extends TemporaryProject, Runner {
  /** A spec file as it was read. */
  source(id: string): Promise<SpecSource>;
  /** Runs the examples and properties of a module against a reply, or against what is on disk. */
  verify(id: string, reply?: string): Promise<TestRun>;
}

export interface VerifiedOptions {
  /** What the project finds programs with. Default: the tests' own environment. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
  /** Packages to link besides those that every project needs. */
  readonly packages?: readonly string[];
}

/** Opens a project of these files, as `jaunt sync` leaves it, in this process. */
export async function openVerified(
  files: Readonly<Record<string, string>>,
  { environment = process.env, packages = [] }: VerifiedOptions = {},
): Promise<VerifiedProject & OpenedTarget> {
  const project = await createProject(files, packages);
  const opened = await openTarget(project.root, environment);
  return { ...opened, ...verified(project, opened) };
}

/** The same under a given Node, and with it the code under test. One that does not run the tests runs the built packages. */
export async function openVerifiedUnder(
  node: string,
  files: Readonly<Record<string, string>>,
  options: VerifiedOptions = {},
): Promise<VerifiedProject> {
  if (node === process.execPath) return openVerified(files, options);
  const { environment = process.env, packages = [] } = options;
  const project = await createProject(files, packages);
  return verified(project, await startRunner(node, project.root, environment));
}

function createProject(
  files: Readonly<Record<string, string>>,
  packages: readonly string[],
): Promise<TemporaryProject> {
  return createTemporaryProject(
    {
      "jaunt.toml": "",
      "package.json": '{ "type": "module", "private": true }',
      "tsconfig.json": tsconfig(),
      ...files,
    },
    { nodeModules: ["@jaunt/spec", "@types/node", "typescript", ...packages] },
  );
}

function verified(project: TemporaryProject, { layout, run, close }: Runner): VerifiedProject {
  const source = async (id: string): Promise<SpecSource> => {
    const path = `${id}.jaunt.ts`;
    const text = await project.read(path);
    const { module } = typescriptReader.read({ path, text }, layout);
    if (module === undefined) throw new Error(`${path} cannot be read`);
    return { module, text };
  };
  return {
    ...project,
    layout,
    source,
    run,
    async verify(id, reply) {
      const candidate = { source: await source(id) };
      return run(reply === undefined ? candidate : { ...candidate, body: reply }, casesOf(candidate.source));
    },
    async close() {
      await close();
      await project.remove();
    },
  };
}
