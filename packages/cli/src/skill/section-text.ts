import { layerLines, loopLines, providerText, ruleLines } from "./guidance.ts";
import type { SkillFacts } from "./skill-facts.ts";

/** What an agent needs in every session, for files that are always read. `skill` is where the whole is, if anywhere. */
export function sectionText(facts: SkillFacts, skill?: string): string {
  return [
    "## Jaunt",
    "",
    `This project is built with Jaunt ${facts.version} (${providerText(facts)}): typed specs in, model-written and checked code out.`,
    "",
    ...layerLines(facts),
    "",
    ...ruleLines(facts),
    "",
    ...loopLines(facts),
    "",
    "`jaunt status` shows every module's state, `jaunt why M` explains one, `jaunt instructions` sums the project up. Exit 2 is a faulty line,",
    "configuration or spec file, 3 a failed build or drift (`.jaunt/failed/M.md` has the errors), 4 failed tests.",
    ...(skill === undefined ? [] : [`More, with examples: \`${skill}\`.`]),
    "",
  ].join("\n");
}
