import { existsSync } from "node:fs";
import { delimiter, isAbsolute, join } from "node:path";
import { JauntError, type BackendPlugin, type BackendSetup } from "@jaunt/core";

/** A provider that drives a program of this machine. */
export interface AgentCandidate {
  readonly provider: string;
  /** The program's name on the PATH. */
  readonly program: string;
  readonly setup: BackendSetup;
  /** @throws {JauntError} `provider-missing` when its package is not installed */
  load(): Promise<BackendPlugin>;
}

export interface AgentSearch {
  readonly found:
    | {
        readonly provider: string;
        readonly plugin: BackendPlugin;
        readonly setup: BackendSetup;
        /** As a clause. */
        readonly why: string;
      }
    | undefined;
  /** What stands in the way of each that is on the PATH, as clauses; one clause for all that are not. */
  readonly tried: readonly string[];
}

/** The first agent that is on the PATH and signed in. Nothing is called but its `--version`. */
export async function findSignedInAgent(
  candidates: readonly AgentCandidate[],
  environment: Readonly<Record<string, string | undefined>>,
): Promise<AgentSearch> {
  const present = candidates.filter(({ program }) => isOnPath(program, environment));
  const absent = candidates.filter((candidate) => !present.includes(candidate)).map(({ program }) => program);
  const tried = absent.length === 0 ? [] : [`no ${absent.join(", ")} on the PATH`];
  for (const { provider, program, setup, load } of present) {
    try {
      const plugin = await load();
      const facts = await plugin.inspect?.(setup);
      if (facts?.signedIn === true && facts.installed) {
        const named = facts.version === undefined ? program : `${program} ${facts.version}`;
        return { found: { provider, plugin, setup, why: `no key is set, and ${named} is signed in` }, tried };
      }
      tried.push(`nobody is signed in to ${program} (${facts?.signIn ?? "it does not say how to"})`);
    } catch (error) {
      if (!JauntError.isInstance(error) || error.code !== "provider-missing") throw error;
      tried.push(`for ${program}: ${error.message} ${error.hint ?? ""}`.replace(/\.$/, ""));
    }
  }
  return { found: undefined, tried };
}

/** Before any package is loaded for it. */
function isOnPath(program: string, environment: Readonly<Record<string, string | undefined>>): boolean {
  const path = environment["PATH"] ?? environment["Path"] ?? "";
  return path
    .split(delimiter)
    .filter((folder) => isAbsolute(folder))
    .some((folder) => ["", ".exe", ".cmd"].some((ending) => existsSync(join(folder, `${program}${ending}`))));
}
