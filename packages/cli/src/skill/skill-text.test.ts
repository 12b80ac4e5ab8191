import { parseConfig } from "@jaunt/core/config";
import { expect, test } from "vitest";
import { exitCodes } from "../exit-code.ts";
import { createSkillFacts } from "./skill-facts.ts";
import { referenceText } from "./reference-text.ts";
import { sectionText } from "./section-text.ts";
import { skillText } from "./skill-text.ts";

const config = parseConfig(
  '[paths]\nsource_roots = ["app"]\ngenerated_dir = "made"\n[llm]\nprovider = "ollama"\nmodel = "qwen"\n',
  "jaunt.toml",
);
const facts = createSkillFacts("1.2.3", config);

test("what agents read at every turn is short", () => {
  expect(skillText(facts).split("\n").length).toBeLessThan(200);
  // The marks take two lines more.
  expect(sectionText(facts, "SKILL.md").split("\n").length).toBeLessThan(38);
});

test("it names the version, the provider, and the folders of the project", () => {
  for (const text of [skillText(facts), sectionText(facts)]) {
    for (const words of ["1.2.3", "`ollama`, model `qwen`", "`app/`", "`made/`"]) expect(text).toContain(words);
    expect(text).not.toContain("__generated__/` is");
  }
});

test("every command of the program is in it with its own words, and every option in the reference", () => {
  expect(facts.commands.map(({ usage }) => usage)).toEqual(
    expect.arrayContaining(["jaunt build", "jaunt why <module>", "jaunt cache prune", "jaunt skill export"]),
  );
  for (const { usage, description, options } of facts.commands) {
    expect(skillText(facts)).toContain(`| \`${usage}\` | ${description.replaceAll("|", "\\|")} |`);
    for (const { flags } of options) expect(referenceText(facts)).toContain(`\`${flags.replaceAll("|", "\\|")}\``);
  }
  for (const { code, meaning } of exitCodes) expect(skillText(facts)).toContain(`${String(code)} ${meaning}`);
});

test("every command that its words name exists", () => {
  const text = skillText(facts) + sectionText(facts) + referenceText(facts);
  const named = [...text.matchAll(/`(?:npx )?jaunt ([a-z]+)/g)].map(([, name]) => name);
  const known = new Set(facts.commands.map(({ usage }) => usage.split(" ")[1]));
  expect(named.filter((name) => !known.has(name))).toEqual([]);
});

test("two versions differ only where they name themselves, whatever the time", () => {
  const later = createSkillFacts("1.3.0", config);
  for (const text of [skillText, sectionText, referenceText])
    expect(text(later)).toBe(text(facts).replaceAll("1.2.3", "1.3.0"));
});
