import type { ModuleId } from "@jaunt/core";
import type { LoadedProject } from "../loaded-project.ts";
import type { ProjectContext } from "../project-context.ts";
import { bodyBytes, bodyDigest } from "../read/read-generated.ts";
import { buildHeader } from "../write/file-header.ts";
import { writeOutput } from "../write/write-output.ts";
import { exampleArtifact } from "./example-artifact.ts";

/** Files of examples, by path, with their modules, and those that were written now. */
export interface WrittenExamples {
  readonly files: ReadonlyMap<string, ModuleId>;
  readonly written: readonly string[];
}

/** Writes the files of these modules' examples where they are missing or out of date. It takes no model. */
export function writeExamples(
  context: ProjectContext,
  project: LoadedProject,
  modules: readonly ModuleId[],
): WrittenExamples {
  const files = new Map<string, ModuleId>();
  const written: string[] = [];
  for (const id of modules) {
    const example = exampleArtifact(context, project, id);
    const loaded = project.modules.get(id);
    const digests = project.digestsOf(id);
    if (example === undefined || loaded === undefined || digests === undefined) continue;
    const { path, text } = example.artifact;
    files.set(path, id);
    if (example.state === "current") continue;
    const { target } = loaded.language;
    const body = { bodyDigest: bodyDigest(text, path, target), bodyBytes: bodyBytes(text) };
    const { toolVersion } = context.options;
    const header = buildHeader(loaded.module, "test", digests, body, undefined, toolVersion, target.lineComment);
    if (writeOutput(context, path, header + text, "test")) written.push(path);
  }
  return { files, written };
}
