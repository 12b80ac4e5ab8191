import { casesOf, type Case, type Layout, type ModuleId, type Mutant, type SpecSource, type Target } from "@jaunt/core";
import { parseGenerated } from "@jaunt/core/header";
import { testCasesOf } from "../generate/test-cases.ts";
import type { LoadedProject } from "../loaded-project.ts";
import type { ProjectContext } from "../project-context.ts";
import { readSource } from "../read/read-source.ts";
import { readProjectText } from "../write/read-project-text.ts";

/** A built module with all that is run against it. */
export interface TestedModule {
  readonly source: SpecSource;
  readonly target: Target;
  readonly layout: Layout;
  /** The generated file, posix, relative to the root. */
  readonly path: string;
  /** Its text below the header. */
  readonly built: string;
  /** Lines above that text. */
  readonly headerLines: number;
  /** The author's examples and properties, and the generated tests that are about the module. */
  readonly cases: readonly Case[];
}

/** Reads a module of code and what tests it; undefined when there is no built file, or its language cannot run cases. */
export function readTestedModule(
  { root }: Pick<ProjectContext, "root">,
  project: LoadedProject,
  id: ModuleId,
): TestedModule | undefined {
  const loaded = project.modules.get(id);
  if (loaded === undefined || loaded.module.role !== "build") return undefined;
  const { target, layout } = loaded.language;
  const path = loaded.paths.generated;
  const text = readProjectText(root, path);
  const parsed = text === undefined ? undefined : parseGenerated(text, target.lineComment);
  if (target.verify === undefined || text === undefined || parsed === undefined || !("header" in parsed))
    return undefined;
  if (parsed.header.kind !== "build") return undefined;
  const source = readSource(root, loaded, project);
  const cases = [...casesOf(source), ...testCasesOf(project, id)];
  const headerLines = text.slice(0, text.length - parsed.body.length).split("\n").length - 1;
  return { source, target, layout, path, built: parsed.body, headerLines, cases };
}

/** Mutants of a module, as its target makes them. */
export function mutantsOf({ target, source, built, layout }: TestedModule): readonly Mutant[] {
  return target.mutate?.(source, built, layout) ?? [];
}
