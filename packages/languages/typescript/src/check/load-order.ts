import type { Diagnostic, Layout, Span, TargetIo } from "@jaunt/core";
import { locate } from "../syntax/position.ts";
import { findCycles } from "./load-order/find-cycles.ts";
import { loadTimeUses } from "./load-order/load-time-uses.ts";
import { readModuleGraph, type ModuleFile, type ModuleGraph } from "./load-order/module-graph.ts";

/**
 * Names that a generated file needs while it loads (`extends`, initialisers, static blocks) and that, for some file a
 * program may import first, an import cycle has not defined by then. Each such name is reported once.
 */
export function findLoadOrderProblems(paths: readonly string[], layout: Layout, io: TargetIo): readonly Diagnostic[] {
  const graph = readModuleGraph(paths, layout, io);
  const wanted = new Set(paths);
  return findCycles(graph).flatMap((cycle) => {
    const members = new Set(cycle);
    const uses = cycle
      .filter((path) => wanted.has(path))
      .flatMap((path) => usesOf(path, members, graph));
    if (uses.length === 0) return [];
    const entries = cycle.filter((path) => isEntry(path, graph));
    const orders = entries.map((entry) => ({ entry, order: loadOrder(entry, graph) }));
    return uses.flatMap((use) => {
      const failing = orders.filter(({ order }) => (order.get(use.definedIn) ?? 0) > (order.get(use.file) ?? 0));
      const [first] = failing;
      return first === undefined ? [] : [diagnosticOf(use, first.entry, failing.length === entries.length, graph)];
    });
  });
}

interface Use {
  readonly file: string;
  readonly name: string;
  readonly span: Span;
  readonly definedIn: string;
}

function usesOf(path: string, cycle: ReadonlySet<string>, graph: ModuleGraph): readonly Use[] {
  const file = graph.get(path);
  if (file === undefined) return [];
  return loadTimeUses(file.parsed).flatMap(({ name, span }) => {
    const binding = file.imports.find(({ local }) => local === name);
    const definedIn = binding && definitionOf(binding.imported, binding.target, graph);
    return definedIn === undefined || definedIn === path || !cycle.has(definedIn) ? [] : [{ file: path, name, span, definedIn }];
  });
}

/** The file that declares an exported name, through facades and other re-exports. Function declarations count as none: they exist before their file runs. */
function definitionOf(name: string, start: string, graph: ModuleGraph): string | undefined {
  const seen = new Set<string>();
  const pending = [{ name, path: start }];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const file = graph.get(next.path);
    const key = `${next.path} ${next.name}`;
    if (file === undefined || seen.has(key)) continue;
    seen.add(key);
    if (file.declared.has(next.name)) return next.path;
    if (file.hoisted.has(next.name)) return undefined;
    for (const { exported, imported, target } of file.reexports) {
      if (exported === next.name) pending.push({ name: imported, path: target });
      else if (exported === "*") pending.push({ name: next.name, path: target });
    }
  }
  return undefined;
}

/** Programs import hand-written files and facades; generated files are reached through them. */
function isEntry(path: string, graph: ModuleGraph): boolean {
  const file: ModuleFile | undefined = graph.get(path);
  return file !== undefined && !file.generated && !file.spec;
}

/** When each file runs if `entry` is imported first: dependencies before dependents, cycles cut where they close. */
function loadOrder(entry: string, graph: ModuleGraph): ReadonlyMap<string, number> {
  const order = new Map<string, number>();
  const entered = new Set([entry]);
  const stack = [{ path: entry, next: 0 }];
  for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
    const target = graph.get(top.path)?.targets[top.next];
    top.next += 1;
    if (target === undefined) {
      order.set(top.path, order.size);
      stack.pop();
    } else if (!entered.has(target)) {
      entered.add(target);
      stack.push({ path: target, next: 0 });
    }
  }
  return order;
}

/** An error when no import order works; a warning when a program that happens to import the files in another order is fine. */
function diagnosticOf({ file, name, span, definedIn }: Use, entry: string, always: boolean, graph: ModuleGraph): Diagnostic {
  return {
    code: "layout/load-order",
    severity: always ? "error" : "warning",
    message: `${name} is needed while this file loads, but an import cycle defines it later, in ${definedIn}, when ${entry} is imported first.`,
    ...locate(file, graph.get(file)?.parsed.text ?? "", span),
    hint: `Break the cycle: move what ${definedIn} and ${file} share into a file of its own, or use ${name} inside a function.`,
  };
}
