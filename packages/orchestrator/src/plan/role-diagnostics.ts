import type { Diagnostic, ModuleId, Position } from "@jaunt/core";
import { moduleOfRef, type SpecGraph } from "@jaunt/core/graph";
import type { LoadedModule } from "../read/read-specs.ts";
import { readProjectText } from "../write/read-project-text.ts";

/** Code that needs a test could not be built without it, so that is an error, at the spec that does. */
export function roleDiagnostics(
  root: string,
  { edges }: SpecGraph,
  modules: ReadonlyMap<ModuleId, LoadedModule>,
): readonly Diagnostic[] {
  const tests = new Set([...modules].flatMap(([id, { module }]) => (module.role === "test" ? [id] : [])));
  if (tests.size === 0) return [];
  const wrong = edges.filter(({ from, to }) => tests.has(moduleOfRef(to)) && !tests.has(moduleOfRef(from)));
  return wrong.flatMap(({ from, to }): readonly Diagnostic[] => {
    const module = modules.get(moduleOfRef(from))?.module;
    const offset = module?.specs.find(({ ref }) => ref === from)?.spans[0]?.start;
    if (module === undefined) return [];
    const text = readProjectText(root, module.path);
    return [
      {
        code: "graph/needs-test",
        severity: "error",
        message: `${from} is code and needs ${to}, which is a test.`,
        file: module.path,
        ...(offset === undefined || text === undefined ? {} : { start: positionAt(text, offset) }),
        hint: "Move what both need to a source root.",
      },
    ];
  });
}

function positionAt(text: string, offset: number): Position {
  const before = text.slice(0, offset).split(/\r\n|\r|\n/);
  return { line: before.length, column: (before.at(-1) ?? "").length + 1, offset };
}
