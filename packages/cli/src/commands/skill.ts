import { chmodSync, mkdirSync, readFileSync, renameSync, statSync, writeFileSync, existsSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";
import type { Config } from "@jaunt/core/config";
import type { GlobalOptions, SkillOptions } from "../command-line/invocation.ts";
import { existingFolder, findRoot } from "../project/find-root.ts";
import type { SkillReport } from "../report.ts";
import { planGitHook } from "../skill/git-hook.ts";
import { claudeHookCommand } from "../skill/guard-command.ts";
import { planExport, planSettings, type PlannedFile } from "../skill/plan-export.ts";
import { createSkillFacts } from "../skill/skill-facts.ts";
import type { CommandContext } from "./command-context.ts";

/** Writes guidance for agents, and the guard when it is asked for. All is planned before anything is written. */
export async function runSkill(
  options: SkillOptions,
  globals: Pick<GlobalOptions, "root">,
  { terminal, version }: Pick<CommandContext, "terminal" | "version">,
): Promise<SkillReport> {
  const root = projectRoot(terminal.cwd, globals.root);
  const config = root === undefined ? undefined : await readConfig(root);
  const home = root ?? existingFolder(terminal.cwd, globals.root);
  const dest = options.dest === undefined ? home : resolve(terminal.cwd, options.dest);
  const files: PlannedFile[] = [...planExport(dest, options.formats, createSkillFacts(version, config), options.force)];
  const notes = [
    ...(root === undefined
      ? ["There is no jaunt.toml here yet: `jaunt init` writes one; export again afterwards."]
      : []),
    ...(options.formats.includes("copilot") && !isRepositoryTop(dest)
      ? ["Copilot reads .github at the top of the repository: export there with --dest."]
      : []),
  ];
  if (options.guard) {
    files.push(planSettings(dest, claudeHookCommand(home, dest)));
    const hook = planGitHook(home, version);
    if (hook.kind === "note") notes.push(hook.note);
    else files.push(plannedHook(dest, hook));
  }
  if (!options.dryRun) for (const file of files) write(file);
  return {
    schema: "jaunt.skill/1",
    command: "skill",
    version,
    provider: config?.llm.provider ?? "auto",
    dest,
    dry_run: options.dryRun,
    formats: options.formats,
    guard: options.guard,
    files: files.map(({ path, action, kind }) => ({ path, action, kind })),
    notes,
  };
}

/** Guidance is useful before `jaunt init`, too; a --root that holds no project is a mistake all the same. */
function projectRoot(cwd: string, root: string | undefined): string | undefined {
  if (root !== undefined) return findRoot(cwd, root);
  try {
    return findRoot(cwd, undefined);
  } catch {
    return undefined;
  }
}

async function readConfig(root: string): Promise<Config> {
  const { parseConfig } = await import("@jaunt/core/config");
  return parseConfig(readFileSync(join(root, "jaunt.toml"), "utf8"), "jaunt.toml");
}

function isRepositoryTop(dest: string): boolean {
  return existsSync(join(dest, ".git"));
}

function plannedHook(dest: string, { file, text }: { readonly file: string; readonly text: string }): PlannedFile {
  const before = existsSync(file) ? readFileSync(file, "utf8") : undefined;
  const action = before === undefined ? "create" : before === text ? "unchanged" : "update";
  return { path: relative(dest, file).split(sep).join("/"), action, kind: "section", file, text };
}

/** Whole or not at all; who may read and run a file stays as it is. */
function write({ file, text, action, path }: PlannedFile): void {
  if (action === "unchanged") return;
  mkdirSync(dirname(file), { recursive: true });
  const mode = action === "update" ? statSync(file).mode : undefined;
  const temporary = `${file}.${String(process.pid)}.jaunt-tmp`;
  writeFileSync(temporary, text);
  // Git runs only hooks that may be run.
  if (path.endsWith("pre-commit")) chmodSync(temporary, 0o755);
  else if (mode !== undefined) chmodSync(temporary, mode);
  renameSync(temporary, file);
}
