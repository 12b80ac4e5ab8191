import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Layout, ModuleId, SpecModule } from "@jaunt/core";
import type { Language, Project } from "@jaunt/orchestrator";

/** The spec modules with these ids, as far as their files can be read. */
export function readModules(
  ids: readonly ModuleId[],
  project: Project,
  languages: readonly Language[],
): readonly SpecModule[] {
  return ids.flatMap((id) => readModule(id, project, languages));
}

function readModule(id: ModuleId, project: Project, languages: readonly Language[]): readonly SpecModule[] {
  const { source_roots: sourceRoots, test_roots: testRoots, generated_dir: generatedDir } = project.config.paths;
  const layout: Layout = { sourceRoots, testRoots, generatedDir, testRunner: project.config.test.runner, settings: {} };
  for (const { reader } of languages) {
    const path = reader.patterns
      .map((pattern) => `${id}${pattern.replace("**/*", "")}`)
      .find((name) => existsSync(join(project.root, name)));
    if (path === undefined) continue;
    const { module } = reader.read(
      { path, text: readFileSync(join(project.root, path), "utf8").replace(/^\uFEFF/, "") },
      layout,
    );
    return module === undefined ? [] : [module];
  }
  return [];
}
