import type { ModuleId, SpecModule } from "@jaunt/core";
import type { GeneratedFile } from "@jaunt/core/plan";
import type { LoadedProject } from "../loaded-project.ts";

/** Modules by id, as far as their files of examples are concerned. */
export type ModulesWithExamples = ReadonlyMap<ModuleId, { readonly module: SpecModule }>;

/** The module of code whose examples a generated test file holds; undefined for every other file, and where none is left to check. */
export function exampleModuleOf({ parsed }: GeneratedFile, modules: ModulesWithExamples): ModuleId | undefined {
  if (!("header" in parsed) || parsed.header.kind !== "test") return undefined;
  const { sourceModule } = parsed.header;
  const module = modules.get(sourceModule)?.module;
  return module !== undefined && hasExamples(module) ? sourceModule : undefined;
}

/** The modules of code whose examples stand in a generated test file. */
export function modulesWithExampleFiles({
  modules,
  plan,
  generatedPaths,
  generatedAt,
}: Pick<LoadedProject, "modules" | "plan" | "generatedPaths" | "generatedAt">): readonly ModuleId[] {
  const owned = new Set(plan.modules.map(({ generatedPath }) => generatedPath));
  const found = generatedPaths.flatMap((path) => {
    const file = owned.has(path) ? undefined : generatedAt(path);
    return file === undefined ? [] : (exampleModuleOf(file, modules) ?? []);
  });
  return [...new Set(found)];
}

/** Whether a module is code with examples or properties that can be checked. */
export function hasExamples({ role, specs }: SpecModule): boolean {
  return (
    role === "build" &&
    specs.some(
      ({ examples, properties = [] }) =>
        examples.some(({ expectation }) => expectation !== undefined) ||
        properties.some(({ invariant }) => invariant !== undefined),
    )
  );
}
