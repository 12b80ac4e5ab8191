import { layerLines, loopLines, providerText, ruleLines, stateLines } from "./guidance.ts";
import { hasCommand, type SkillFacts } from "./skill-facts.ts";

/** SKILL.md: what an agent reads whenever it works with Jaunt. Details are in the files that it names. */
export function skillText(facts: SkillFacts): string {
  return [
    "---",
    "name: jaunt",
    `description: ${skillDescription}`,
    "---",
    "",
    `# Jaunt ${facts.version}`,
    "",
    "Jaunt compiles intent: you write typed specs (`X.jaunt.ts`), a model writes the code, and the compiler, the spec's examples and the tests",
    `decide whether it is taken. Here: ${providerText(facts)}. Run \`jaunt\` as \`npx jaunt\` where it is not on the PATH.`,
    "",
    "## Three layers, three rules",
    "",
    ...layerLines(facts),
    "",
    ...ruleLines(facts),
    "",
    "## When a spec, when code",
    "",
    "- A spec: what a doc comment and a few examples can pin down. Parsing, formatting, calculation, rules, data structures, clients of an interface.",
    "- Code: types, errors and constants (they may stand in the spec file), wiring, entry points, configuration, input and output, and",
    "  whatever is shorter than its own description.",
    "- Code that works stays code unless you are asked to change that.",
    "",
    "## Writing a spec",
    "",
    ...specLines(facts),
    "",
    "## The loop",
    "",
    ...loopLines(facts),
    "",
    "## Reading generated code",
    "",
    "- The first line names the spec. `jaunt:kind=placeholder` means not built yet: its functions throw `JauntNotBuiltError`.",
    "- Import the facade (`./email.js`), never the generated file or the spec file.",
    "- Read the code to see what was decided; rely only on what the spec promises. Whatever you want to rely on, write into the spec.",
    "- Review it like any code. `jaunt why M` says what it was built from and what changed since.",
    "",
    "## States",
    "",
    ...stateLines(),
    "",
    "## When something fails",
    "",
    ...failureLines(facts),
    "",
    "## Commands",
    "",
    "| command | does |",
    "|---|---|",
    ...facts.commands.map(({ usage, description }) => `| \`${usage}\` | ${cell(description)} |`),
    "",
    `Exit codes: ${facts.exitCodes.map(({ code, meaning }) => `${String(code)} ${meaning}`).join(", ")}. With \`--json\` standard output is one document.`,
    "All options: [references/commands.md](references/commands.md).",
    "",
  ].join("\n");
}

/** When an agent should read the skill; at most 1,024 characters. */
export const skillDescription: string =
  "How to work in a project built with Jaunt (jaunt.toml, *.jaunt.ts spec files, __generated__ folders). Use it before adding or changing code or tests there, before touching a generated file, and when a Jaunt build, check or test fails.";

function specLines(facts: SkillFacts): readonly string[] {
  return [
    "- `export declare function …` (class, const): all of it is Jaunt's. A body of `return magic(inputs…)` from `@jaunt/spec`: for default values,",
    "  `async`, generators, and classes of which you write some members yourself.",
    "- The doc comment is the contract: results, order, edge cases, `@throws {X} when …`. Say what, not how.",
    "- `@example call // => value`, `// throws RangeError: message`, `// resolves value`: run against every reply. Cover edges, not the obvious.",
    "- Name what it uses: `{@link other}`, an input of `magic`, or the signature. `@prompt text` instructs the model for this spec alone.",
    "- What else stands in the file is yours: the model reads it, generated code may import it.",
    ...(hasCommand(facts, "test")
      ? ["- Specs of tests lie in a test root: a function with a doc comment and the body `test(target)`."]
      : []),
    "- Complete ones: [a function](examples/src/slug.jaunt.ts), [a class](examples/src/recent.jaunt.ts), [tests](examples/tests/slug.jaunt.ts),",
    "  [jaunt.toml](examples/jaunt.toml).",
  ];
}

function failureLines(facts: SkillFacts): readonly string[] {
  return [
    "- Build, exit 3: `.jaunt/failed/<module>.md` has the spec, the last reply and its errors. The same error twice means that the spec contradicts",
    "  itself, an example or a type: mend that. Do not just build again.",
    "- An example fails: is the example right? Then say in the text what the reply got wrong. Never drop an example to get green.",
    "- `jaunt check`, exit 3: run the command that it prints for each module.",
    ...(hasCommand(facts, "test")
      ? [
          "- Tests, exit 4: the report names the spec of each. Decide whether the spec, the test spec or code by hand is wrong; mend that.",
        ]
      : []),
    "- Exit 2: the message has the line and what to do; `jaunt doctor` checks tools, configuration and key.",
    '- No key and no model: with the MCP server (`jaunt mcp serve`), `jaunt_build { "mode": "delegate" }` hands you the prompts, and',
    "  `jaunt_submit` takes your source through the same checks.",
    "- Budget reached: what is done is kept; `jaunt plan` shows what is left. Ask before you raise `max_cost_per_build`.",
  ];
}

/** Text in one cell of a table. */
export function cell(text: string): string {
  return text.replaceAll("|", "\\|");
}
