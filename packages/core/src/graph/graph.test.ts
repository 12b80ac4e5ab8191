import * as fc from "fast-check";
import { expect, test } from "vitest";
import { affectedBy } from "./affected-by.ts";
import { components } from "./components.ts";
import { edgesFrom } from "./edges-from.ts";
import { cycleDiagnostics, findCycles } from "./find-cycles.ts";
import { longestRemainingPath, moduleDependencies, moduleGroups, topologicalOrder } from "./module-order.ts";
import { graphOf, link, module, spec } from "./project.test.helper.ts";
import { moduleOfRef, specOfRef } from "./refs.ts";

test("a ref names its module and its spec", () => {
  expect(["src/lru:Lru.get", "src/lru.v2:Lru", "src/a:f.static of"].map(specOfRef)).toEqual([
    "src/lru:Lru",
    "src/lru.v2:Lru",
    "src/a:f",
  ]);
  expect(["src/lru:Lru.get", "src/lru.v2:Lru"].map(moduleOfRef)).toEqual(["src/lru", "src/lru.v2"]);
});

const cycles: readonly [string, readonly string[], readonly string[]][] = [
  ["none", ["a:x -> b:y", "b:y -> c:z"], []],
  ["a pair", ["a:x -> b:y", "b:y -> a:x"], ["a:x b:y"]],
  ["a ring that starts anywhere", ["m:c -> m:a", "m:a -> m:b", "m:b -> m:c"], ["m:a m:b m:c"]],
  ["one through members", ["a:X -> b:Y.get", "b:Y -> a:X.put"], ["a:X b:Y"]],
  ["two that share a spec", ["a:a -> b:b", "b:b -> a:a", "b:b -> c:c", "c:c -> b:b"], ["a:a b:b", "b:b c:c"]],
  [
    "a short one inside a long one",
    ["a:a -> b:b", "b:b -> c:c", "c:c -> a:a", "b:b -> a:a"],
    ["a:a b:b", "a:a b:b c:c"],
  ],
  [
    "two that are apart",
    ["x:x -> y:y", "y:y -> x:x", "a:a -> b:b", "b:b -> a:a", "a:a -> x:x"],
    ["a:a b:b", "x:x y:y"],
  ],
  ["modules in a ring whose specs are not", ["a:x -> b:y", "b:z -> a:w"], []],
];

test.each(cycles)("cycles of specs are found as paths: %s", (_, arrows, expected) => {
  expect(findCycles(graphOf(...arrows)).map((cycle) => cycle.join(" "))).toEqual(expected);
});

test("every reported cycle is one, and every edge between specs that need each other is on one", () => {
  const node = fc.constantFrom(..."abcdefg");
  fc.assert(
    fc.property(fc.uniqueArray(fc.tuple(node, node), { selector: (pair) => pair.join(), maxLength: 14 }), (pairs) => {
      const arrows = pairs.filter(([from, to]) => from !== to).map(([from, to]) => `${from}:${from} -> ${to}:${to}`);
      const graph = graphOf(...arrows);
      const found = findCycles(graph);
      const onCycle = new Set(
        found.flatMap((cycle) => cycle.map((ref, index) => `${ref} -> ${cycle[(index + 1) % cycle.length]}`)),
      );
      for (const arrow of onCycle) expect(arrows).toContain(arrow);
      const componentOf = new Map(
        moduleGroups(moduleDependencies(graph)).flatMap((group, index) => group.map((id) => [id, index] as const)),
      );
      for (const edge of graph.edges) {
        const together = componentOf.get(moduleOfRef(edge.from)) === componentOf.get(moduleOfRef(edge.to));
        expect(onCycle.has(`${edge.from} -> ${edge.to}`)).toBe(together);
      }
      expect(new Set(found.map((cycle) => cycle.join())).size).toBe(found.length);
    }),
  );
});

test("a hundred cycles are reported, not more", () => {
  const arrows = Array.from({ length: 150 }, (_, index) => [
    `a${index}:x -> b${index}:y`,
    `b${index}:y -> a${index}:x`,
  ]).flat();
  expect(findCycles(graphOf(...arrows))).toHaveLength(100);
  const names = Array.from({ length: 30 }, (_, index) => `n${index}:n`);
  const complete = names.flatMap((from) => names.filter((to) => to !== from).map((to) => `${from} -> ${to}`));
  expect(findCycles(graphOf(...complete))).toHaveLength(100);
});

test("a cycle is an error at its first spec, with its whole path and a way out", () => {
  const modules = [
    module("src/a", [spec("x", ["signature:y"])], { imports: ["y from ./b.js"] }),
    module("src/b", [spec("y", ["doc:x"])], { imports: ["x from ./a.js"] }),
  ];
  const graph = link(modules);
  expect(cycleDiagnostics(findCycles(graph), graph, modules)).toEqual([
    {
      code: "graph/cycle",
      severity: "error",
      message: "Specs depend on each other in a cycle: src/a:x -> src/b:y -> src/a:x",
      file: "src/a.jaunt.ts",
      hint: "src/b:y needs src/a:x only because its doc mentions it: name it in other words.",
    },
  ]);
});

test("modules that need each other form a group, and groups come dependencies first", () => {
  const dependencies = moduleDependencies(
    graphOf("app:f -> a:x", "a:x -> b:y", "b:z -> a:w", "b:y -> base:k", "other:o -> base:k", "base:k -> base:l"),
  );
  expect([...dependencies]).toEqual([
    ["a", ["b"]],
    ["app", ["a"]],
    ["b", ["a", "base"]],
    ["base", []],
    ["other", ["base"]],
  ]);
  expect(moduleGroups(dependencies)).toEqual([["base"], ["a", "b"], ["app"], ["other"]]);
  expect(topologicalOrder(dependencies)).toEqual(["base", "a", "b", "app", "other"]);
});

test("a group never stands before what it needs, and holds exactly those that reach each other", () => {
  const node = fc.integer({ min: 0, max: 9 }).map(String);
  fc.assert(
    fc.property(fc.array(fc.tuple(node, node), { maxLength: 25 }), (pairs) => {
      const graph = new Map<string, string[]>(Array.from({ length: 10 }, (_, index) => [String(index), []]));
      for (const [from, to] of pairs) graph.get(from)?.push(to);
      const groups = components(graph);
      const groupOf = new Map(groups.flatMap((group, index) => group.map((id) => [id, index] as const)));
      expect(groups.flat().sort()).toEqual([...graph.keys()]);
      const reaches = (from: string): ReadonlySet<string> => {
        const seen = new Set([from]);
        for (const id of seen) for (const next of graph.get(id) ?? []) seen.add(next);
        return seen;
      };
      for (const from of graph.keys()) {
        for (const to of reaches(from)) {
          expect(groupOf.get(to)).toBeLessThanOrEqual(groupOf.get(from) ?? -1);
          expect(groupOf.get(to) === groupOf.get(from)).toBe(reaches(to).has(from));
        }
      }
    }),
  );
});

test("the longest remaining path counts what waits for a module, and a group as its heaviest", () => {
  const dependencies = moduleDependencies(
    graphOf("app:f -> a:x", "a:x -> b:y", "b:z -> a:w", "b:y -> base:k", "other:o -> base:k"),
  );
  const weights: Readonly<Record<string, number>> = { app: 1, a: 10, b: 5, base: 2, other: 100 };
  const paths = longestRemainingPath(dependencies, (id) => weights[id] ?? 0);
  expect(Object.fromEntries(paths)).toEqual({ app: 1, a: 11, b: 11, base: 102, other: 100 });
});

test("a change concerns those who need the symbol, and through them others", () => {
  const graph = graphOf(
    "a:f -> lru:Lru.get",
    "b:f -> lru:Lru.set",
    "c:f -> lru:Lru",
    "d:f -> a:f",
    "e:f -> d:f",
    "lru:Lru -> base:k",
  );
  expect(affectedBy(graph, ["lru:Lru.get"])).toEqual({
    direct: ["a:f", "c:f"],
    transitive: ["a:f", "c:f", "d:f", "e:f"],
  });
  expect(affectedBy(graph, ["lru:Lru"]).direct).toEqual(["a:f", "b:f", "c:f"]);
  expect(affectedBy(graph, ["base:k"])).toEqual({
    direct: ["lru:Lru"],
    transitive: ["a:f", "b:f", "c:f", "d:f", "e:f", "lru:Lru"],
  });
  expect(affectedBy(graph, ["e:f", "nobody:x"])).toEqual({ direct: [], transitive: [] });
});

test("specs in a ring that are changed themselves are not affected besides", () => {
  expect(affectedBy(graphOf("a:x -> b:y", "b:y -> a:x"), ["a:x"])).toEqual({ direct: ["b:y"], transitive: ["b:y"] });
});

test("the edges of one spec are found among all, and no others", () => {
  const graph = graphOf("a:x -> b:y", "a:x -> c:z", "a:xx -> b:y", "b:y -> c:z");
  expect(edgesFrom(graph, "a:x").map((edge) => edge.to)).toEqual(["b:y", "c:z"]);
  expect(edgesFrom(graph, "b:y").map((edge) => edge.to)).toEqual(["c:z"]);
  expect(edgesFrom(graph, "a")).toEqual([]);
  expect(edgesFrom(graph, "z:z")).toEqual([]);
});

const size = 10_000;
const name = (index: number): string => `m${String(index).padStart(5, "0")}`;
const shapes: readonly [string, (index: number) => number, number][] = [
  ["chain", (index) => index + 1, size],
  ["ring", (index) => (index + 1) % size, 1],
];

test.each(shapes)("a %s of ten thousand modules is handled without recursion and at once", (shape, next, groups) => {
  const arrows = Array.from({ length: size }, (_, index) => index).filter((index) => next(index) < size);
  const graph = graphOf(...arrows.map((index) => `${name(index)}:f -> ${name(next(index))}:f`));
  const start = performance.now();
  const dependencies = moduleDependencies(graph);
  expect(moduleGroups(dependencies)).toHaveLength(groups);
  expect(topologicalOrder(dependencies)[0]).toBe(shape === "chain" ? name(size - 1) : name(0));
  expect(longestRemainingPath(dependencies, () => 1).get(name(size - 1))).toBe(groups === 1 ? 1 : size);
  expect(affectedBy(graph, [`${name(size - 1)}:f`]).transitive).toHaveLength(size - 1);
  const found = findCycles(graph);
  expect(found.map((cycle) => cycle.length)).toEqual(shape === "ring" ? [size] : []);
  expect(cycleDiagnostics(found, graph, []).every((item) => item.message.length < 1_000)).toBe(true);
  expect(performance.now() - start).toBeLessThan(3_000);
});
