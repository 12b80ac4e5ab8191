import type { Artifact, ModuleId } from "@jaunt/core";
import { parseGenerated } from "@jaunt/core/header";
import type { LoadedProject } from "../loaded-project.ts";
import { hasExamples } from "../plan/example-files.ts";
import type { ProjectContext } from "../project-context.ts";
import { readSource } from "../read/read-source.ts";
import { readProjectText } from "../write/read-project-text.ts";

/** The file of a module's examples as it should be, and how the one on disk compares. */
export interface ExampleArtifact {
  readonly artifact: Artifact;
  readonly state: "missing" | "current" | "outdated";
}

/** What a module's examples come to as a file; undefined where there are none to check, or the language writes none. */
export function exampleArtifact(
  context: ProjectContext,
  project: LoadedProject,
  id: ModuleId,
): ExampleArtifact | undefined {
  const loaded = project.modules.get(id);
  if (loaded === undefined || !hasExamples(loaded.module)) return undefined;
  const { target, layout } = loaded.language;
  const artifact = target.composeExamples?.(readSource(context.root, loaded, project), layout, context.io());
  if (artifact === undefined) return undefined;
  const text = readProjectText(context.root, artifact.path);
  if (text === undefined) return { artifact, state: "missing" };
  const parsed = parseGenerated(text, target.lineComment);
  // The header tells where it came from; a module may change in ways that its examples do not show.
  return { artifact, state: "header" in parsed && parsed.body === artifact.text ? "current" : "outdated" };
}
