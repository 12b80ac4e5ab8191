import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { recordingPath } from "@jaunt/core/recording";
import { buildProject } from "./build-project.ts";
import { makeProject } from "./make-project.ts";

/** A built project on disk, with the reply to each of its modules. */
export interface BuiltProject {
  readonly root: string;
  readonly replies: ReadonlyMap<string, string>;
}

/** Built projects by their number of modules, each made once, for making a large one takes longer than measuring it. */
export interface ProjectPool {
  built(count: number): Promise<BuiltProject>;
  remove(): void;
}

/** A pool without projects. */
export function createProjectPool(): ProjectPool {
  const projects = new Map<number, BuiltProject>();
  return {
    async built(count) {
      const known = projects.get(count);
      if (known !== undefined) return known;
      const root = mkdtempSync(join(tmpdir(), `jaunt-bench-${count}-`));
      const project = { root, replies: makeProject(root, count, "dom and node") };
      projects.set(count, project);
      await buildProject(root, { replies: project.replies, check: false });
      return project;
    },
    remove() {
      for (const { root } of projects.values()) rmSync(root, { recursive: true });
    },
  };
}

/** Puts down what a model replies for a module, for a build that plays recordings. */
export function recordReply({ root, replies }: BuiltProject, id: string): void {
  const file = join(root, "recordings", recordingPath(id, 1));
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `<!-- jaunt:recording {"version":1} -->\n\`\`\`ts\n${replies.get(id) ?? ""}\`\`\`\n`);
}

/** Removes what Jaunt has cached of a project. */
export function forget(root: string): void {
  rmSync(join(root, ".jaunt", "cache"), { recursive: true, force: true });
}

/** Waits until no file is so young that it is read again for that alone, as git does too. */
export function settle(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, 2500);
  });
}
