import type { StatusReport } from "@jaunt/orchestrator";
import { layerLines, loopLines, providerText, ruleLines } from "../skill/guidance.ts";
import type { SkillFacts } from "../skill/skill-facts.ts";
import { nextReason, nextStep } from "./next-step.ts";

/** A primer on one project, short enough for any agent's context. */
export function instructionsText(facts: SkillFacts, root: string, counts: StatusReport["counts"]): string {
  return [
    `# Jaunt ${facts.version} in ${root}`,
    "",
    "Typed specs in, model-written code out, checked by the compiler, the specs' examples and the tests.",
    "",
    `- ${sentence(providerText(facts))}`,
    `- Modules: ${countText(counts)}`,
    `- Next: \`${nextStep(counts)}\` ${nextReason(counts)}`,
    "",
    ...layerLines(facts),
    "",
    ...ruleLines(facts),
    "",
    ...loopLines(facts),
    "",
    "`jaunt status`, `jaunt why M` and `jaunt --help` say more; `jaunt skill export` writes all of it where agents look.",
    "",
  ].join("\n");
}

/** What to say where there is no project. */
export function noProjectText(facts: SkillFacts, folder: string): string {
  return [
    `# Jaunt ${facts.version}`,
    "",
    `There is no jaunt.toml in ${folder} or above it. \`jaunt init --yes\` sets a project up, \`--example\` with a first spec; it overwrites nothing.`,
    "",
    ...layerLines(facts),
    "",
    ...ruleLines(facts),
    "",
  ].join("\n");
}

function countText(counts: StatusReport["counts"]): string {
  const entries = Object.entries(counts).filter(([, count]) => count > 0);
  const total = entries.reduce((sum, [, count]) => sum + count, 0);
  if (total === 0) return "none yet";
  return `${String(total)} (${entries.map(([state, count]) => `${String(count)} ${state}`).join(", ")})`;
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}
