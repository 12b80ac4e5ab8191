import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, expect, test } from "vitest";

const source: string = dirname(fileURLToPath(import.meta.url));
const planted: string = mkdtempSync(join(tmpdir(), "jaunt-core-"));
afterAll(() => rmSync(planted, { recursive: true, force: true }));

interface Closure {
  readonly packages: readonly string[];
  /** `file: what` for every mention of the world outside. */
  readonly effects: readonly string[];
}

const imports: RegExp =
  /(?:^|[;\n])\s*(?:import|export)\s+(?!type\b)(?:[^;"']*?\bfrom\s*)?["']([^"']+)["']|\b(?:import|require)\(\s*["']([^"']+)["']/g;
const effects: RegExp =
  /\bprocess\.|\bfetch\(|\bDate\.now\(|\bnew Date\(\)|\bMath\.random\(|\bperformance\.|\bconsole\.|\bsetTimeout\(/g;

/** Everything that importing a file pulls in. */
function closureOf(entry: string): Closure {
  const packages = new Set<string>();
  const found: string[] = [];
  const files = new Set([entry]);
  for (const file of files) {
    const text = readFileSync(file, "utf8").replace(/\/\*[^]*?\*\/|^\s*\/\/.*$/gm, "");
    for (const effect of text.match(effects) ?? []) found.push(`${file.slice(dirname(entry).length + 1)}: ${effect}`);
    for (const [, named, called] of text.matchAll(imports)) {
      const specifier = named ?? called ?? "";
      if (specifier.startsWith(".")) files.add(join(dirname(file), specifier));
      else packages.add(specifier);
    }
  }
  return { packages: [...packages].sort(), effects: found };
}

const entries: readonly [string, readonly string[]][] = [
  ["index.ts", []],
  ["config/index.ts", ["smol-toml", "zod"]],
  ["config/read-paths.ts", ["smol-toml"]],
  ["digest/index.ts", ["node:crypto"]],
  ["graph/index.ts", []],
  ["header/index.ts", []],
  ["plan/index.ts", ["node:crypto"]],
  ["recording/index.ts", []],
];

test.each(entries)(
  "importing %s touches no disk, clock, network or environment and pulls in only %j",
  (entry, packages) => {
    expect(closureOf(join(source, entry))).toEqual({ packages, effects: [] });
  },
);

test("every entry of the package is looked at", () => {
  const manifest = JSON.parse(readFileSync(join(source, "../package.json"), "utf8")) as {
    exports: Record<string, { "@jaunt/source"?: string }>;
  };
  const declared = Object.values(manifest.exports).flatMap((entry) => entry["@jaunt/source"] ?? []);
  expect(declared.map((path) => path.replace("./src/", "")).sort()).toEqual(entries.map(([entry]) => entry).sort());
});

const violations: readonly [string, string][] = [
  ['import { readFileSync } from "node:fs";', "node:fs"],
  ['import "openai";', "openai"],
  ['import {\n  one,\n  two,\n} from "undici";', "undici"],
  ['export { x } from "typescript";', "typescript"],
  ['export * from "oxc-parser";', "oxc-parser"],
  ['const later = await import("cacache");', "cacache"],
];

test.each(violations)("a planted %j in a file behind an entry is found", (line, name) => {
  writeFileSync(join(planted, "index.ts"), 'import type { Z } from "zod";\nexport { inner } from "./inner.ts";\n');
  writeFileSync(join(planted, "inner.ts"), `export const inner = 1;\n${line}\n`);
  expect(closureOf(join(planted, "index.ts"))).toEqual({ packages: [name], effects: [] });
});

test("a planted look at the environment is found", () => {
  writeFileSync(join(planted, "index.ts"), "// process.env is fine here\nexport const home = process.env.HOME;\n");
  expect(closureOf(join(planted, "index.ts")).effects).toEqual(["index.ts: process."]);
});
