import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Layout, SpecSource } from "@jaunt/core";
import { parseGenerated } from "@jaunt/core/header";
import { createTypescriptTarget, typescriptReader } from "@jaunt/typescript";
import { compare, median, type BenchResult } from "./result.ts";

const layout: Layout = {
  sourceRoots: ["src"],
  testRoots: ["tests"],
  generatedDir: "__generated__",
  testRunner: "vitest",
  settings: {
    scopes: [
      {
        directory: ".",
        tsconfig: "tsconfig.json",
        specifierStyle: "js",
        paths: {},
        dependencies: [],
        imports: {},
        commonjs: false,
        flags: {},
      },
    ],
    packages: [],
  },
};

/**
 * What is written anew, in characters, when one spec of a module changed, against writing the whole module: over every spec of
 * every module in `root` that has several. Deterministic: what stays is worked out as a build would.
 */
export function measureSplice(root: string): readonly BenchResult[] {
  const target = createTypescriptTarget();
  const ratios: number[] = [];
  let written = 0;
  let whole = 0;
  for (const name of readdirSync(join(root, "src")).filter((name) => name.endsWith(".jaunt.ts"))) {
    const path = `src/${name}`;
    const text = readFileSync(join(root, path), "utf8");
    const { module } = typescriptReader.read({ path, text }, layout);
    if (module === undefined || module.specs.length < 2) continue;
    const source: SpecSource = { module, text };
    const { generated } = target.place(module, layout);
    const parsed = parseGenerated(readFileSync(join(root, generated), "utf8"), target.lineComment);
    if (!("header" in parsed)) throw new Error(`${generated} is not built`);
    const keepable = target.keepable?.(source, parsed.body, layout) ?? [];
    const size = (kept: readonly string[]): number =>
      target.splice?.(source, parsed.body, "", kept, layout).body.trim().length ?? 0;
    for (const spec of module.specs) {
      const anew = size(keepable) - size(keepable.filter((other) => other !== spec.name));
      ratios.push(anew / size(keepable));
      written += anew;
      whole += size(keepable);
    }
  }
  return [
    compare(
      `output for one changed spec, all ${ratios.length} of them, against its module`,
      "x",
      written / whole,
      1,
      0.6,
    ),
    compare("output for one changed spec, median", "x", median(ratios), 1, 0.6),
  ];
}
