import { readFileSync } from "node:fs";
import { join } from "node:path";
import { casesOf, type Layout, type Target, type TargetIo, type TestRun } from "@jaunt/core";
import { openProject } from "@jaunt/orchestrator";
import { createTemporaryProject, type TemporaryProject } from "@jaunt/testkit";
import { createTypescriptTarget, typescriptReader } from "@jaunt/typescript";
import { tsconfig } from "./fixture.ts";

/** A project on disk whose candidates are run against their examples by the real target, in real processes. */
export interface VerifiedProject extends TemporaryProject {
  readonly target: Target;
  readonly io: TargetIo;
  /** Runs the examples of a module against a reply, or against what is on disk. */
  verify(id: string, reply?: string): Promise<TestRun>;
  close(): Promise<void>;
}

/** Opens a project of these files, as `jaunt sync` leaves it. */
export async function openVerified(
  files: Readonly<Record<string, string>>,
  environment: Readonly<Record<string, string | undefined>> = process.env,
): Promise<VerifiedProject> {
  const project = await createTemporaryProject(
    {
      "jaunt.toml": "",
      "package.json": '{ "type": "module", "private": true }',
      "tsconfig.json": tsconfig(),
      ...files,
    },
    { nodeModules: ["@jaunt/spec", "@types/node", "typescript"] },
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
  return {
    ...project,
    target,
    io,
    async verify(id, reply) {
      const path = `${id}.jaunt.ts`;
      const text = await project.read(path);
      const { module } = typescriptReader.read({ path, text }, layout);
      if (module === undefined || target.verify === undefined) throw new Error(`${path} cannot be verified`);
      const subject = { source: { module, text }, layout };
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
