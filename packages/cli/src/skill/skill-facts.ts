import type { Config } from "@jaunt/core/config";
import { exitCodes } from "../exit-code.ts";
import { describeCommands, type ProgramFacts } from "./describe-commands.ts";

/** All that guidance for agents is made of, besides its words. */
export interface SkillFacts extends ProgramFacts {
  readonly version: string;
  /** What jaunt.toml says; undefined where guidance is for any project. */
  readonly project: ProjectFacts | undefined;
  readonly exitCodes: typeof exitCodes;
}

export interface ProjectFacts {
  readonly provider: string;
  /** Empty for the provider's default. */
  readonly model: string;
  readonly sourceRoots: readonly string[];
  readonly testRoots: readonly string[];
  readonly generatedDir: string;
}

/** Facts of this version and of a project's configuration. Nothing in them depends on when they are asked for. */
export function createSkillFacts(version: string, config: Config | undefined): SkillFacts {
  return { ...describeCommands(), version, project: config && projectFacts(config), exitCodes };
}

/** What of a configuration an agent should know. */
function projectFacts({ llm, paths }: Config): ProjectFacts {
  return {
    provider: llm.provider,
    model: llm.model,
    sourceRoots: paths.source_roots,
    testRoots: paths.test_roots,
    generatedDir: paths.generated_dir,
  };
}

/** Whether this version has a command of that name, so that words about it are true. */
export function hasCommand({ commands }: Pick<SkillFacts, "commands">, name: string): boolean {
  return commands.some(({ usage }) => usage.split(" ")[1] === name);
}
