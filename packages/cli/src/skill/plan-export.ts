import { existsSync, readFileSync, realpathSync } from "node:fs";
import { isUtf8 } from "node:buffer";
import { isAbsolute, join, relative, sep } from "node:path";
import { JauntError } from "@jaunt/core";
import type { SkillFormat } from "../command-line/invocation.ts";
import type { SkillFile } from "../report.ts";
import { withGuardHook } from "./claude-settings.ts";
import { exampleFiles } from "./example-files.ts";
import { markdownMarks, withSection } from "./marked-section.ts";
import { isUntouched, normalise, withMark } from "./owned-text.ts";
import { referenceText } from "./reference-text.ts";
import { sectionText } from "./section-text.ts";
import { skillDescription, skillText } from "./skill-text.ts";
import type { SkillFacts } from "./skill-facts.ts";

/** One file as it is to be, and what becomes of it. */
export interface PlannedFile extends SkillFile {
  /** Absolute native path, links followed. */
  readonly file: string;
  readonly text: string;
}

/** Files of one skill folder: posix path within it to text, without marks. */
export function skillFolder(facts: SkillFacts): Readonly<Record<string, string>> {
  return {
    "SKILL.md": skillText(facts),
    "references/commands.md": referenceText(facts),
    ...Object.fromEntries(Object.entries(exampleFiles).map(([path, text]) => [`examples/${path}`, text])),
  };
}

/**
 * Plans the files of the formats below `dest`. Nothing is written, so that one refusal leaves all as it was.
 * @throws {JauntError} when a file of ours was changed, a section cannot be told apart, or a file is no text
 */
export function planExport(
  dest: string,
  formats: readonly SkillFormat[],
  facts: SkillFacts,
  force: boolean,
): readonly PlannedFile[] {
  const own = (path: string, text: string): PlannedFile => planOwned(dest, path, withMark(text, path), force);
  const folder = (path: string): readonly PlannedFile[] =>
    Object.entries(skillFolder(facts)).map(([name, text]) => own(`${path}/${name}`, text));
  return formats.flatMap((format) => {
    switch (format) {
      case "agents":
        return folder(".agents/skills/jaunt");
      case "claude":
        return [
          planSection(dest, "CLAUDE.md", sectionText(facts, ".claude/skills/jaunt/SKILL.md"), facts.version),
          ...folder(".claude/skills/jaunt"),
        ];
      case "cursor":
        return [own(".cursor/rules/jaunt.mdc", cursorRule(facts))];
      case "copilot":
        return [planSection(dest, ".github/copilot-instructions.md", sectionText(facts), facts.version)];
    }
  });
}

/**
 * Plans the guard's entry in Claude Code's settings.
 * @throws {JauntError} `skill-settings` when the file cannot be changed safely
 */
export function planSettings(dest: string, command: string): PlannedFile {
  const path = ".claude/settings.json";
  const before = readText(dest, path);
  try {
    return planned(dest, path, "entry", before, withGuardHook(before ?? "", command));
  } catch (error) {
    throw new JauntError(`${path} cannot be changed: ${error instanceof Error ? error.message : String(error)}.`, {
      code: "skill-settings",
      exitCode: 2,
      hint: `Nothing was written. Mend the file, or add to hooks.PreToolUse by hand a hook that runs: ${command}`,
      cause: error,
    });
  }
}

/** Always in context, for the rules hold whatever is worked on. */
function cursorRule(facts: SkillFacts): string {
  return ["---", `description: ${skillDescription}`, "globs:", "alwaysApply: true", "---", "", sectionText(facts)].join(
    "\n",
  );
}

function planOwned(dest: string, path: string, text: string, force: boolean): PlannedFile {
  const before = readText(dest, path);
  if (before !== undefined && normalise(before) === text) return planned(dest, path, "file", before, before);
  if (before !== undefined && !force && !isUntouched(before)) {
    throw new JauntError(`${path} is not as Jaunt wrote it, so it may hold work of yours.`, {
      code: "skill-changed",
      exitCode: 2,
      hint: "Nothing was written. Move your own lines to another file, or let --force replace this one.",
    });
  }
  return planned(dest, path, "file", before, text);
}

function planSection(dest: string, path: string, body: string, version: string): PlannedFile {
  const before = readText(dest, path);
  return planned(dest, path, "section", before, withSection(before ?? "", { version, body }, markdownMarks, path));
}

function planned(
  dest: string,
  path: string,
  kind: SkillFile["kind"],
  before: string | undefined,
  text: string,
): PlannedFile {
  const action = before === undefined ? "create" : before === text ? "unchanged" : "update";
  return { path, kind, action, file: realFile(dest, path), text };
}

/** A file of any bytes must come out as it went in. */
function readText(dest: string, path: string): string | undefined {
  const file = realFile(dest, path);
  if (!existsSync(file)) return undefined;
  const bytes = readFileSync(file);
  if (isUtf8(bytes)) return bytes.toString("utf8");
  throw new JauntError(`${path} is not UTF-8, so it cannot be changed without harm.`, {
    code: "skill-encoding",
    exitCode: 2,
    hint: "Nothing was written. Save it as UTF-8 and run the command again.",
  });
}

/** Links are followed, for CLAUDE.md often leads to AGENTS.md; one that leads elsewhere than below `dest` is not. */
function realFile(dest: string, path: string): string {
  const file = join(dest, ...path.split("/"));
  if (!existsSync(file)) return file;
  const real = realpathSync(file);
  const inside = relative(realpathSync(dest), real);
  if (!isAbsolute(inside) && inside !== ".." && !inside.startsWith(`..${sep}`)) return real;
  throw new JauntError(`${path} is a link to ${real}, outside of ${dest}.`, {
    code: "skill-outside",
    exitCode: 2,
    hint: "Nothing was written. Replace the link by a file, or export with --dest to where it leads.",
  });
}
