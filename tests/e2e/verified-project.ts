import { readFileSync } from "node:fs";
import { join } from "node:path";
import { casesOf, type Layout, type SpecSource, type Target, type TargetIo, type TestRun } from "@jaunt/core";
import { openProject } from "@jaunt/orchestrator";
import { createTemporaryProject, type TemporaryProject } from "@jaunt/testkit";
import { createTypescriptTarget, typescriptReader } from "@jaunt/typescript";
import { tsconfig } from "./fixture.ts";

/** A project on disk whose candidates are run against their examples by the real target, in real processes. */
export interface VerifiedProject extends TemporaryProject {
  readonly target: Target;
  readonly io: TargetIo;
  readonly layout: Layout;
  /** A spec file as it was read. */
  source(id: string): Promise<SpecSource>;
  /** Runs the examples of a module against a reply, or against what is on disk. */
  verify(id: string, reply?: string): Promise<TestRun>;
  close(): Promise<void>;
}

/** Opens a project of these files, as `jaunt sync` leaves it. */
export async function openVerified(
  files: Readonly<Record<string, string>>,
  environment: Readonly<Record<string, string | undefined>> = process.env,
  packages: readonly string[] = [],
): Promise<VerifiedProject> {
  const project = await createTemporaryProject(
    {
      "jaunt.toml": "",
      "package.json": '{ "type": "module", "private": true }',
      "tsconfig.json": tsconfig(),
      ...files,
    },
    { nodeModules: ["@jaunt/spec", "@types/node", "typescript", ...packages] },
  );
  const target = createTypescriptTarget();
  const seen: { io?: TargetIo; layout?: Layout } = {};
  const opened = await openProject(project.root, {
    languages: [
      {
        reader: typescriptReader,
        createTarget: () => ({
          ...target,
          configure(io, specFiles) {
            // What is read while a project is configured is read once; a build reads what is there.
            seen.io = { ...io, readText: (path) => textAt(project, path) };
            return target.configure(io, specFiles);
          },
          place(module, layout) {
            seen.layout = layout;
            return target.place(module, layout);
          },
        }),
      },
    ],
    createBackend: () => Promise.reject(new Error("no model is asked here")),
    toolVersion: "0.0.0",
    environment,
  });
  await opened.sync();
  const { io, layout } = seen;
  if (io === undefined || layout === undefined) throw new Error("the project was not configured");
  const source = async (id: string): Promise<SpecSource> => {
    const path = `${id}.jaunt.ts`;
    const text = await project.read(path);
    const { module } = typescriptReader.read({ path, text }, layout);
    if (module === undefined) throw new Error(`${path} cannot be read`);
    return { module, text };
  };
  return {
    ...project,
    target,
    io,
    layout,
    source,
    async verify(id, reply) {
      if (target.verify === undefined) throw new Error("the target verifies nothing");
      const subject = { source: await source(id), layout };
      return target.verify(reply === undefined ? subject : { ...subject, body: reply }, casesOf(subject.source), io);
    },
    async close() {
      await opened.close();
      await target.close?.();
      await project.remove();
    },
  };
}

function textAt({ root }: TemporaryProject, path: string): string | undefined {
  try {
    return readFileSync(join(root, path), "utf8");
  } catch {
    return undefined;
  }
}
