import { existsSync } from "node:fs";
import type { ProgramFacts } from "@jaunt/core";
import type { Agent } from "./agent.ts";
import { agentEnvironment } from "./environment.ts";
import { findProgram } from "./find-program.ts";
import { runProgram } from "./run-program.ts";
import { openWorkplace } from "./workplace.ts";

/** How long an agent may take to tell its version, in milliseconds. */
const patienceMs = 5_000;

/** Whether an agent is installed, which version, and whether somebody seems to be signed in: by its files, which are not read. */
export async function inspectAgent(
  agent: Agent,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<ProgramFacts> {
  const { command, install, signIn, tokenVariable } = agent;
  const program = findProgram(command, environment, process.platform);
  const folder = environment["HOME"] ?? environment["USERPROFILE"] ?? "";
  const files = agent.signInFiles({ environment, folder, platform: process.platform });
  return {
    command,
    version: program === undefined ? undefined : await versionOf(agent, program, environment),
    installed: program !== undefined,
    signedIn: (tokenVariable !== undefined && (environment[tokenVariable] ?? "") !== "") || files.some(existsSync),
    install,
    signIn,
  };
}

async function versionOf(
  agent: Agent,
  program: string,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<string | undefined> {
  const workplace = await openWorkplace();
  const lines: string[] = [];
  try {
    const { exitCode } = await runProgram({
      program,
      args: ["--version"],
      cwd: workplace.folder,
      leftovers: workplace.root,
      environment: { ...agentEnvironment(environment, agent), TMPDIR: workplace.temporary },
      input: "",
      signal: AbortSignal.timeout(patienceMs),
      onLine(line) {
        lines.push(line.slice(0, 200));
        return lines.length < 20 ? "more" : "stop";
      },
    });
    return exitCode === 0 ? lines.map((line) => /\d+\.\d+\.\d+\S*/.exec(line)?.[0]).find((found) => found) : undefined;
  } catch {
    return undefined;
  } finally {
    await workplace.close();
  }
}
