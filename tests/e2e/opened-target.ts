import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Case, Layout, Target, TargetIo, TestRun, TestSubject } from "@jaunt/core";
import { openProject } from "@jaunt/orchestrator";
import { createTypescriptTarget, typescriptReader } from "@jaunt/typescript";

/** What code is to be judged; the layout is that of the project. */
export type Candidate = Omit<TestSubject, "layout">;

/** What runs cases against candidates in the sandbox, wherever it is itself. */
export interface Runner {
  readonly layout: Layout;
  run(candidate: Candidate, cases: readonly Case[]): Promise<TestRun>;
  close(): Promise<void>;
}

/** The real target as a project on disk has configured it, with the orchestrator's own processes. */
export interface OpenedTarget extends Runner {
  readonly target: Target;
  readonly io: TargetIo;
}

/** Opens the project in `root` and leaves it as `jaunt sync` does. */
export async function openTarget(
  root: string,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<OpenedTarget> {
  const target = createTypescriptTarget();
  const seen: { io?: TargetIo; layout?: Layout } = {};
  const opened = await openProject(root, {
    languages: [
      {
        reader: typescriptReader,
        createTarget: () => ({
          ...target,
          configure(io, specFiles) {
            // What is read while a project is configured is read once; a build reads what is there.
            seen.io = { ...io, readText: (path) => textAt(root, path) };
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
    target,
    io,
    layout,
    async run(candidate, cases) {
      if (target.verify === undefined) throw new Error("the target verifies nothing");
      return target.verify({ ...candidate, layout }, cases, io);
    },
    async close() {
      await opened.close();
      await target.close?.();
    },
  };
}

function textAt(root: string, path: string): string | undefined {
  try {
    return readFileSync(join(root, path), "utf8");
  } catch {
    return undefined;
  }
}
