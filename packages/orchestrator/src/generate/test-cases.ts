import type { ModuleId, TestCase } from "@jaunt/core";
import { moduleOfRef } from "@jaunt/core/graph";
import type { LoadedProject } from "../load-project.ts";

/** The parts of a project that tell which tests are about a module. */
export type TestedProject = Pick<LoadedProject, "modules" | "graph" | "plan">;

/** The generated tests that are about a module and say what their specs say now. One that is missing or stale counts for nothing. */
export function testCasesOf({ modules, graph, plan }: TestedProject, module: ModuleId): readonly TestCase[] {
  const good = new Map(
    plan.modules.flatMap(({ id, state }) => {
      const loaded = state === "current" || state === "outdated" ? modules.get(id) : undefined;
      return loaded?.module.role === "test" ? [[id, loaded] as const] : [];
    }),
  );
  if (good.size === 0) return [];
  const refs = graph.edges.flatMap(({ from, to }) => (moduleOfRef(to) === module ? from : []));
  return [...new Set(refs)].flatMap((ref): readonly TestCase[] => {
    const loaded = good.get(moduleOfRef(ref));
    const spec = loaded?.module.specs.find((candidate) => candidate.ref === ref);
    if (loaded === undefined || spec === undefined) return [];
    const { name } = spec;
    return [{ kind: "test", ref, text: name, file: loaded.module.path, path: loaded.paths.generated, name }];
  });
}
