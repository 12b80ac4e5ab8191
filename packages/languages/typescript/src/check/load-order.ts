import type { Diagnostic, Layout, Span, TargetIo } from "@jaunt/core";
import { locate } from "../syntax/position.ts";
import { findCycles } from "./load-order/find-cycles.ts";
import { loadTimeUses } from "./load-order/load-time-uses.ts";
import { readModuleGraph } from "./load-order/module-graph.ts";
import { readCycle, type CycleFile } from "./load-order/read-cycle.ts";

/**
 * Names that a generated file needs while it loads (`extends`, initialisers, static blocks) and that, for some file a
 * program may import first, an import cycle has not defined by then. Each such name is reported once.
 */
export async function findLoadOrderProblems(
  paths: readonly string[],
  layout: Layout,
  io: TargetIo,
): Promise<readonly Diagnostic[]> {
  const graph = await readModuleGraph(paths, layout, io);
  const wanted = new Set(paths);
  const rough = findCycles(graph.keys(), (path) => (graph.get(path)?.links ?? []).map(({ target }) => target));
  return rough.flatMap((group) => {
    const files = readCycle(group, graph, layout, io);
    return findCycles(files.keys(), (path) => targetsOf(path, files)).flatMap((cycle) =>
      problemsIn(cycle, files, wanted),
    );
  });
}

type Files = ReadonlyMap<string, CycleFile>;

interface Use {
  readonly file: string;
  readonly name: string;
  readonly span: Span;
  readonly definedIn: string;
}

function problemsIn(cycle: readonly string[], files: Files, wanted: ReadonlySet<string>): readonly Diagnostic[] {
  const members = new Set(cycle);
  const uses = cycle.flatMap((path) => usesIn(path, members, files));
  if (uses.length === 0) return [];
  const orders = cycle
    .filter((path) => files.get(path)?.inner === false)
    .map((entry) => ({ entry, order: loadOrder(entry, files) }));
  const breaks = ({ order }: { readonly order: ReadonlyMap<string, number> }, use: Use): boolean =>
    (order.get(use.definedIn) ?? 0) > (order.get(use.file) ?? 0);
  const canLoad = orders.some((each) => !uses.some((use) => breaks(each, use)));
  return uses
    .filter((use) => wanted.has(use.file))
    .flatMap((use) => {
      const first = orders.find((each) => breaks(each, use));
      return first === undefined ? [] : [diagnosticOf(use, first.entry, canLoad, files)];
    });
}

function usesIn(path: string, cycle: ReadonlySet<string>, files: Files): readonly Use[] {
  const file = files.get(path);
  if (file === undefined) return [];
  const bindings = new Map(
    file.links.flatMap(({ imports, target }) =>
      imports.map(({ local, imported }) => [local, { imported, target }] as const),
    ),
  );
  return loadTimeUses(file.parsed).flatMap(({ name, span }) => {
    const binding = bindings.get(name);
    const definedIn = binding && definitionOf(binding.imported, binding.target, files);
    return definedIn === undefined || definedIn === path || !cycle.has(definedIn)
      ? []
      : [{ file: path, name, span, definedIn }];
  });
}

/** The file that declares an exported name, through facades and other re-exports; none for function declarations. */
function definitionOf(name: string, start: string, files: Files): string | undefined {
  const seen = new Set<string>();
  const pending = [{ name, path: start }];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const file = files.get(next.path);
    const key = `${next.path} ${next.name}`;
    if (file === undefined || seen.has(key)) continue;
    seen.add(key);
    if (next.name === "*" || file.declared.has(next.name)) return next.path;
    if (file.hoisted.has(next.name)) return undefined;
    for (const { reexports, target } of file.links) {
      for (const { exported, imported } of reexports) {
        if (exported === next.name) pending.push({ name: imported, path: target });
        else if (exported === "*") pending.push({ name: next.name, path: target });
      }
    }
  }
  return undefined;
}

/** When each file runs if `entry` is imported first: dependencies before dependents, cycles cut where they close. */
function loadOrder(entry: string, files: Files): ReadonlyMap<string, number> {
  const order = new Map<string, number>();
  const entered = new Set([entry]);
  const stack = [{ path: entry, targets: targetsOf(entry, files), next: 0 }];
  for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
    const target = top.targets[top.next];
    top.next += 1;
    if (target === undefined) {
      order.set(top.path, order.size);
      stack.pop();
    } else if (!entered.has(target)) {
      entered.add(target);
      stack.push({ path: target, targets: targetsOf(target, files), next: 0 });
    }
  }
  return order;
}

function targetsOf(path: string, files: Files): readonly string[] {
  return (files.get(path)?.links ?? []).map(({ target }) => target).filter((target) => files.has(target));
}

/** A warning when a program that imports the files in another order is fine; an error when every order breaks on something. */
function diagnosticOf({ file, name, span, definedIn }: Use, entry: string, canLoad: boolean, files: Files): Diagnostic {
  return {
    code: "layout/load-order",
    severity: canLoad ? "warning" : "error",
    message: `${name} is needed while this file loads, but an import cycle defines it later, in ${definedIn}, when ${entry} is imported first.`,
    ...locate(file, files.get(file)?.parsed.text ?? "", span),
    hint: `Break the cycle: move what ${definedIn} and ${file} share into a file of its own, or use ${name} inside a function.`,
  };
}
