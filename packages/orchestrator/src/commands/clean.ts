import { readdirSync, rmdirSync, rmSync } from "node:fs";
import { posix } from "node:path";
import type { ModuleId } from "@jaunt/core";
import type { GeneratedFile } from "@jaunt/core/plan";
import { loadProject } from "../load-project.ts";
import type { LoadedProject } from "../loaded-project.ts";
import { exampleModuleOf } from "../plan/example-files.ts";
import { ownFacade } from "../plan/own-facade.ts";
import { isSelective, selectWithOrphans } from "../plan/select.ts";
import type { CleanOptions } from "../project.ts";
import type { ProjectContext } from "../project-context.ts";
import { languageOf } from "../read/open-languages.ts";
import type { CleanReport } from "../reports.ts";
import { failureFilesOf, failureFolder } from "../write/failure-report.ts";
import { nativePath } from "../write/native-path.ts";
import { readProjectText } from "../write/read-project-text.ts";
import { refuseEscape } from "../write/refuse-escape.ts";
import { goneFailures } from "../write/sweep-failures.ts";
import { writeError } from "../write/write-error.ts";
import { runCommand } from "./run-command.ts";

/** Removes generated files, and facades that are ours to the byte. What a person may have changed stays, with the reason. */
export function clean(
  context: ProjectContext,
  { dryRun = false, orphans = false, ...selection }: CleanOptions = {},
): Promise<CleanReport> {
  return runCommand(context, "clean", async (elapsed) => {
    const project = await loadProject(context, { save: false, allowEmpty: true });
    const removed: string[] = [];
    const kept: { path: string; reason: string }[] = [];
    const selected = isSelective(selection) ? new Set(selectWithOrphans(project, selection)) : undefined;
    for (const file of selectFiles(project, orphans, selected)) {
      const reason = reasonToKeep(file);
      if (reason !== undefined) kept.push({ path: file.path, reason });
      else removed.push(file.path, ...facadeOf(context, project, file, kept));
    }
    removed.push(...(orphans ? goneFailures(project).flatMap(failureFilesOf) : failureFiles(project, selected)));
    if (!dryRun) for (const path of removed) remove(context, path);
    return {
      schema: "jaunt.clean/1",
      command: "clean",
      dry_run: dryRun,
      removed: removed.sort(),
      kept: kept.sort((left, right) => (left.path < right.path ? -1 : 1)),
      duration_seconds: elapsed(),
    };
  });
}

function selectFiles(
  project: LoadedProject,
  orphans: boolean,
  selected: ReadonlySet<ModuleId> | undefined,
): readonly GeneratedFile[] {
  const owners = new Map(project.plan.modules.map((module) => [module.generatedPath, module]));
  return project.generatedPaths.flatMap((path) => {
    const owner = owners.get(path);
    if (orphans && owner?.state !== "orphaned") return [];
    const file = project.generatedAt(path);
    if (file === undefined) return [];
    const id = owner?.id ?? exampleModuleOf(file, project.modules);
    return selected === undefined || (id !== undefined && selected.has(id)) ? [file] : [];
  });
}

function reasonToKeep({ parsed, bodyDigest }: GeneratedFile): string | undefined {
  if ("problem" in parsed)
    return parsed.problem === "missing"
      ? "It has no header of Jaunt's, so it is not ours."
      : `Its header cannot be trusted: ${parsed.detail}.`;
  const { kind, bodyDigest: written } = parsed.header;
  return kind !== "placeholder" && written !== bodyDigest
    ? "It was edited by hand. Delete it yourself when it is not needed."
    : undefined;
}

/** The facade beside a generated file, when nobody changed it. */
function facadeOf(
  context: ProjectContext,
  project: LoadedProject,
  { parsed }: GeneratedFile,
  kept: { path: string; reason: string }[],
): readonly string[] {
  if (!("header" in parsed) || parsed.header.kind === "test") return [];
  const { sourceModule, sourcePath } = parsed.header;
  const language = project.modules.get(sourceModule)?.language ?? languageOf(sourcePath, project.languages);
  const facade = language === undefined ? undefined : ownFacade(sourceModule, sourcePath, language);
  const text = facade === undefined ? undefined : readProjectText(context.root, facade.path);
  if (facade === undefined || text === undefined) return [];
  if (text === facade.text) return [facade.path];
  kept.push({ path: facade.path, reason: "It is not as Jaunt wrote it, so it is yours." });
  return [];
}

function failureFiles({ failures }: LoadedProject, selected: ReadonlySet<ModuleId> | undefined): readonly string[] {
  if (selected === undefined) return failures.size === 0 ? [] : [failureFolder];
  return [...failures.keys()].filter((id) => selected.has(id)).flatMap(failureFilesOf);
}

function remove(context: ProjectContext, path: string): void {
  try {
    refuseEscape(context.root, path);
    rmSync(nativePath(context.root, path), { force: true, recursive: path === failureFolder });
    context.emit({ type: "file-remove", path });
    removeEmptyFolder(context, posix.dirname(path));
  } catch (cause) {
    throw writeError(cause, path);
  }
}

function removeEmptyFolder(context: ProjectContext, folder: string): void {
  const { root, config } = context;
  if (!folder.split("/").includes(config.paths.generated_dir)) return;
  const native = nativePath(root, folder);
  if (readdirSync(native).length > 0) return;
  rmdirSync(native);
  removeEmptyFolder(context, posix.dirname(folder));
}
