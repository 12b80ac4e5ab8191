import type { ModuleId, TestCase } from "@jaunt/core";
import { moduleOfRef } from "@jaunt/core/graph";
import type { LoadedProject } from "../loaded-project.ts";

/** The parts of a project that tell which tests are about a module. */
export type TestedProject = Pick<LoadedProject, "modules" | "plannedOf" | "dependentsOf" | "linksOf">;

/** The generated tests that are about a module and say what their specs say now. One that is missing or stale counts for nothing. */
export function testCasesOf(
  { modules, plannedOf, dependentsOf, linksOf }: TestedProject,
  module: ModuleId,
): readonly TestCase[] {
  const good = dependentsOf(module).filter((id) => {
    const state = plannedOf(id)?.state;
    return modules.get(id)?.role === "test" && (state === "current" || state === "outdated");
  });
  return good.flatMap((id): readonly TestCase[] => {
    const loaded = modules.get(id);
    const refs = linksOf(id).edges.flatMap(({ from, to }) => (moduleOfRef(to) === module ? from : []));
    return [...new Set(refs)].flatMap((ref): readonly TestCase[] => {
      const name = loaded?.module.specs.find((candidate) => candidate.ref === ref)?.name;
      if (loaded === undefined || name === undefined) return [];
      return [{ kind: "test", ref, text: name, file: loaded.path, path: loaded.paths.generated, name }];
    });
  });
}
