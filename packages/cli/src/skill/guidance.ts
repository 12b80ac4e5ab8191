import { moduleStates, type ModuleState } from "@jaunt/core/plan";
import { hasCommand, type ProjectFacts, type SkillFacts } from "./skill-facts.ts";

/** The three rules, as numbered lines of Markdown. */
export function ruleLines(facts: SkillFacts): readonly string[] {
  const generated = `\`${facts.project?.generatedDir ?? "__generated__"}/\``;
  return [
    `1. **Never write a generated file.** All in ${generated} is Jaunt's, placeholders too: do not edit, create, move or delete it, by any tool. A hand edit is noticed, and builds refuse to go on.`,
    "2. **Never go round generation.** No copy of generated code elsewhere, no second implementation, no body in a facade, no `git commit --no-verify`.",
    "3. **Improve the spec.** When generated code is wrong, its spec says too little: state what you expect in the doc comment, add an `@example`, build again.",
  ];
}

/** What lies in which layer, as a table. */
export function layerLines({ project }: SkillFacts): readonly string[] {
  const { sourceRoots, testRoots, generatedDir } = project ?? defaultPlaces;
  return [
    "| layer | files | written by |",
    "|---|---|---|",
    `| specs | \`X.jaunt.ts\` in ${list(sourceRoots)}; specs of tests in ${list(testRoots)} | you |`,
    `| generated | all in \`${generatedDir}/\` beside them | Jaunt alone |`,
    "| by hand | everything else; the facade `X.ts` too: one line, written once, then yours | you |",
  ];
}

const defaultPlaces: Pick<ProjectFacts, "sourceRoots" | "testRoots" | "generatedDir"> = {
  sourceRoots: ["src"],
  testRoots: ["tests"],
  generatedDir: "__generated__",
};

/** The order of work, as numbered lines of Markdown. */
export function loopLines(facts: SkillFacts): readonly string[] {
  const steps = [
    "Edit the spec. A new one: `jaunt sync` writes a typed placeholder, so that `tsc` and editors know it at once.",
    ...(hasCommand(facts, "lint") ? ["`jaunt lint` says which examples are checked, and what no example covers."] : []),
    "`jaunt plan` shows what a build would ask the model for, why, and what it may cost. It calls nobody.",
    "`jaunt build --target src/email` builds that module. Builds cost money: name targets, and never `--force` everything.",
    ...(hasCommand(facts, "test")
      ? ["`jaunt test` writes the tests that are due and runs them with the examples."]
      : []),
    "`jaunt check` must end in 0 before you are done; CI runs it. Commit specs and generated files together.",
  ];
  return steps.map((step, index) => `${String(index + 1)}. ${step}`);
}

/** What to do about every state, as a table. */
export function stateLines(): readonly string[] {
  return [
    "| state | means | do |",
    "|---|---|---|",
    ...moduleStates.map((state) => `| \`${state}\` | ${advice[state].means} | ${advice[state].act} |`),
  ];
}

/** The compiler sees to it that no state is left out. */
const advice: Readonly<Record<ModuleState, { readonly means: string; readonly act: string }>> = {
  unbuilt: { means: "never built, or a placeholder", act: "`jaunt build --target M`" },
  current: { means: "matches its spec", act: "nothing" },
  stale: { means: "its spec or a dependency's contract changed", act: "`jaunt why M`, then build it" },
  outdated: { means: "matches its spec; another model wrote it", act: "nothing: it is no fault" },
  edited: {
    means: "somebody edited the generated file",
    act: "move what the edit was for into the spec, then `jaunt build --force --target M` (keeps a copy in `.jaunt/`)",
  },
  orphaned: { means: "its spec is gone", act: "`jaunt clean --orphans`" },
  failed: { means: "the last build could not make it", act: "read `.jaunt/failed/M.md`, mend the spec, build it" },
  blocked: { means: "a module it needs failed", act: "mend that one: `jaunt why M` names it" },
};

/** Provider and model in effect, as words. */
export function providerText({ project }: SkillFacts): string {
  if (project === undefined) return "jaunt.toml names the provider";
  const model = project.model === "" ? "" : `, model \`${project.model}\``;
  return project.provider === "auto"
    ? `provider \`auto\`${model}: the first that is there; \`jaunt doctor\` says which`
    : `provider \`${project.provider}\`${model}`;
}

function list(roots: readonly string[]): string {
  return roots.length === 0
    ? "no folder yet"
    : roots.map((root) => (root === "." ? "this folder" : `\`${root}/\``)).join(", ");
}
