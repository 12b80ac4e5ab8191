import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { Case, Layout, TestRun } from "@jaunt/core";
import type { Candidate, Runner } from "./opened-target.ts";

/** What is sent to the program. */
export interface RunnerRequest {
  readonly id: number;
  readonly candidate: Candidate;
  readonly cases: readonly Case[];
}

/** What comes back: first that the project is open, with the id 0, and then an answer to each request. */
export type RunnerAnswer =
  | { readonly id: 0; readonly node: string; readonly layout: Layout }
  | { readonly id: number; readonly result: TestRun }
  | { readonly id: number; readonly problem: string };

interface Waiting {
  readonly resolve: (run: TestRun) => void;
  readonly reject: (error: Error) => void;
}

const program = fileURLToPath(new URL("runner-program.ts", import.meta.url));

/** Opens the project in `root` in a process of this Node, which must read TypeScript. */
export async function startRunner(
  node: string,
  root: string,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<Runner> {
  const waiting = new Map<number, Waiting>();
  const child = fork(program, [root], {
    cwd: root,
    env: { ...environment },
    execPath: node,
    execArgv: ["--no-warnings"],
    serialization: "advanced",
  });
  const ended = once(child, "exit");
  const layout = await new Promise<Layout>((resolve, reject) => {
    child.on("message", (answer: RunnerAnswer) => {
      if ("layout" in answer) return resolve(answer.layout);
      const asked = waiting.get(answer.id);
      waiting.delete(answer.id);
      return "result" in answer ? asked?.resolve(answer.result) : asked?.reject(new Error(answer.problem));
    });
    child.on("error", reject);
    child.on("exit", (code) => {
      const gone = new Error(`${node} ended with ${code}`);
      reject(gone);
      for (const { reject: give } of waiting.values()) give(gone);
    });
  });
  let last = 0;
  return {
    layout,
    run: (candidate, cases) =>
      new Promise((resolve, reject) => {
        last += 1;
        waiting.set(last, { resolve, reject });
        child.send({ id: last, candidate, cases } satisfies RunnerRequest);
      }),
    async close() {
      child.disconnect();
      await ended;
    },
  };
}
