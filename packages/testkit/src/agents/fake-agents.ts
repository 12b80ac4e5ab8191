import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { GenerateResponse } from "@jaunt/core";
import { repositoryRoot } from "../repository-root.ts";
import type { FailureKind, WireAnswer } from "../wire/wire-format.ts";

/** What fake agents do when they are called. */
export interface AgentPlan {
  readonly text?: string;
  /** Replies by module, in place of `text`. */
  readonly replies?: Readonly<Record<string, string>>;
  readonly finish?: GenerateResponse["finish"];
  readonly usage?: WireAnswer["usage"];
  readonly failure?: FailureKind | undefined;
  /** Begin, then never end. */
  readonly stalls?: boolean;
  readonly tricks?: readonly AgentTrick[];
}

/** What agents do that nobody asked for. */
export type AgentTrick =
  | "litter"
  | "ignore-sigterm"
  | "grandchild"
  | "garbage"
  | "hang"
  | "quit"
  | "crash"
  | "killed"
  | "prose"
  | "flood"
  | "max-turns"
  | "unknown-option"
  | "half"
  | "split"
  | "linger";

/** How a fake agent was called. */
export interface AgentSeen {
  readonly agent: string;
  readonly args: readonly string[];
  /** Absolute native path of where it worked. */
  readonly cwd: string;
  /** What was in there when it began. */
  readonly files: readonly string[];
  readonly stdin: string;
  /** The text of a system prompt in a file. */
  readonly system: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly pid: number;
}

export interface FakeAgents {
  /** Absolute native path of the folder with `claude`, `codex` and `gemini`, for a PATH. */
  readonly folder: string;
  /** Changes what they do from now on. */
  play(plan: AgentPlan): Promise<void>;
  /** In the order of the calls. */
  seen(): Promise<readonly AgentSeen[]>;
  /** The process that the trick `grandchild` left. */
  grandchild(): Promise<number>;
  remove(): Promise<void>;
}

/** Puts executables into a temporary folder that behave as the real agents were seen to. */
export async function installFakeAgents(
  plan: AgentPlan = {},
  names: readonly string[] = ["claude", "codex", "gemini"],
): Promise<FakeAgents> {
  const folder = await mkdtemp(join(tmpdir(), "jaunt-fake-agents-"));
  const script = join(repositoryRoot(), "packages", "testkit", "src", "agents", "fake-agent.mjs");
  for (const name of names) {
    const file = join(folder, name);
    await writeFile(file, `#!/bin/sh\nexec '${process.execPath}' '${script}' ${name} '${folder}' "$@"\n`);
    await chmod(file, 0o755);
  }
  const calls = join(folder, "calls");
  await mkdir(calls);
  const fakes: FakeAgents = {
    folder,
    async play({ text = "", finish = "stop", stalls = false, tricks = [], ...rest }) {
      await writeFile(join(folder, "plan.json"), JSON.stringify({ text, finish, stalls, tricks, ...rest }));
    },
    async seen() {
      const files = (await readdir(calls)).filter((file) => file.endsWith(".json")).toSorted();
      return Promise.all(files.map(async (file) => JSON.parse(await readFile(join(calls, file), "utf8")) as AgentSeen));
    },
    grandchild: async () => Number(await readFile(join(folder, "grandchild.pid"), "utf8")),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
  await fakes.play(plan);
  return fakes;
}
