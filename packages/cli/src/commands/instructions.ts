import { JauntError } from "@jaunt/core";
import type { Config } from "@jaunt/core/config";
import type { StatusReport } from "@jaunt/orchestrator";
import type { GlobalOptions } from "../command-line/invocation.ts";
import { instructionsText, noProjectText } from "../instructions/instructions-text.ts";
import { nextStep } from "../instructions/next-step.ts";
import { findRoot } from "../project/find-root.ts";
import type { InstructionsReport } from "../report.ts";
import { createSkillFacts } from "../skill/skill-facts.ts";
import type { CommandContext } from "./command-context.ts";
import { withProject } from "./with-project.ts";

/** What an agent should know of the project at hand; without one, how to make one. */
export async function runInstructions(
  globals: Pick<GlobalOptions, "root">,
  context: CommandContext,
): Promise<InstructionsReport> {
  const { terminal, version } = context;
  if (globals.root === undefined && !isInProject(terminal.cwd)) {
    const text = noProjectText(createSkillFacts(version, undefined), terminal.cwd);
    return { ...head(version), project: null, next: "jaunt init --yes", text };
  }
  return withProject(globals, context, async ({ project }) => {
    const counts = await countModules(project);
    return {
      ...head(version),
      project: { root: project.root, ...configFacts(project.config), counts },
      next: nextStep(counts),
      text: instructionsText(createSkillFacts(version, project.config), project.root, counts),
    };
  });
}

function head(version: string): Pick<InstructionsReport, "schema" | "command" | "version"> {
  return { schema: "jaunt.instructions/1", command: "instructions", version };
}

function isInProject(cwd: string): boolean {
  try {
    findRoot(cwd, undefined);
    return true;
  } catch {
    return false;
  }
}

/** A project without a spec is where an agent may have to begin. */
async function countModules(project: { status(): Promise<StatusReport> }): Promise<StatusReport["counts"]> {
  try {
    return (await project.status()).counts;
  } catch (error) {
    if (JauntError.isInstance(error) && error.code === "no-specs") return {};
    throw error;
  }
}

function configFacts({ llm, paths }: Config): Omit<NonNullable<InstructionsReport["project"]>, "root" | "counts"> {
  return {
    provider: llm.provider,
    model: llm.model,
    source_roots: paths.source_roots,
    test_roots: paths.test_roots,
    generated_dir: paths.generated_dir,
  };
}
