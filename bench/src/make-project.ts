import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

/** Modules per folder: large projects are not one flat folder. */
const folderSize = 50;

/** Module id of the `index`th spec module of a synthetic project. */
export function moduleId(index: number): string {
  return `src/area${Math.floor(index / folderSize)}/unit${index}`;
}

/** Which library types a project compiles with: none but the language's, or those of the DOM and of Node as most projects have. */
export type Libraries = "bare" | "dom and node";

/**
 * Writes a project of `count` spec modules of about 0.8 KB, each with two functions and a type, each depending on up to two
 * earlier ones. Returns the source text that a model would reply for each module id.
 */
export function makeProject(root: string, count: number, libraries: Libraries = "bare"): ReadonlyMap<string, string> {
  write(root, "jaunt.toml", `version = 1\n[llm]\nprovider = "replay"\nmodel = "bench"\n[paths]\ntest_roots = []\n`);
  write(root, "package.json", `{ "name": "bench-project", "private": true, "type": "module" }\n`);
  write(root, "tsconfig.json", tsconfigText(libraries));
  write(root, ".gitignore", "node_modules\n.jaunt\n");
  if (libraries === "dom and node") linkNodeTypes(root);
  write(root, "src/shared.ts", `export interface Shared { readonly label: string; readonly weight: number }\n`);
  const replies = new Map<string, string>();
  for (let index = 0; index < count; index += 1) {
    write(root, `${moduleId(index)}.jaunt.ts`, specText(index));
    replies.set(moduleId(index), replyText(index));
  }
  return replies;
}

function specText(index: number): string {
  const needs = dependenciesOf(index);
  const imports = needs.map((need) => `import { weigh${need} } from "${specifier(index, need)}";\n`).join("");
  const links = needs.map((need) => ` Uses {@link weigh${need}}.`).join("");
  return `import type { Shared } from "../shared.js";
${imports}
/** What unit ${index} was asked to measure, with the rounding that the caller wants. */
export interface Request${index} {
  readonly item: Shared;
  readonly times: number;
  readonly rounding: "up" | "down" | "none";
}

/**
 * Weigh an item ${index} times over and round as asked. An item without a label weighs nothing at all.${links}
 * @throws {RangeError} when \`times\` is negative
 * @example weigh${index}({ item: { label: "a", weight: 2 }, times: 3, rounding: "none" }) // => 6
 */
export declare function weigh${index}(request: Request${index}): number;

/** The label of the item, in upper case and padded with spaces to at least the given width. */
export declare function label${index}(item: Shared, width: number): string;
`;
}

/** What a model would reply for the `index`th module. */
export function replyText(index: number): string {
  return `export function weigh${index}(request: Request${index}): number {
  if (request.times < 0) throw new RangeError("times must not be negative");
  if (request.item.label === "") return 0;
  const exact = request.item.weight * request.times;
  return request.rounding === "up" ? Math.ceil(exact) : request.rounding === "down" ? Math.floor(exact) : exact;
}

export function label${index}(item: Shared, width: number): string {
  return item.label.toUpperCase().padEnd(width);
}
`;
}

function dependenciesOf(index: number): readonly number[] {
  if (index === 0) return [];
  return [...new Set([Math.floor(index / 2), Math.floor((index * 7) / 11)])].filter((need) => need < index);
}

function specifier(from: number, to: number): string {
  const folder = Math.floor(to / folderSize);
  return folder === Math.floor(from / folderSize) ? `./unit${to}.js` : `../area${folder}/unit${to}.js`;
}

function tsconfigText(libraries: Libraries): string {
  const [lib, types] = libraries === "bare" ? [["es2022"], []] : [["es2022", "dom", "dom.iterable"], ["node"]];
  const compilerOptions = {
    target: "es2022",
    lib,
    module: "nodenext",
    strict: true,
    noEmit: true,
    types,
    skipLibCheck: true,
  };
  return `${JSON.stringify({ compilerOptions, include: ["src"] }, undefined, 2)}\n`;
}

function linkNodeTypes(root: string): void {
  const types = dirname(createRequire(import.meta.url).resolve("@types/node/package.json"));
  mkdirSync(join(root, "node_modules", "@types"), { recursive: true });
  symlinkSync(types, join(root, "node_modules", "@types", "node"), "junction");
}

function write(root: string, path: string, text: string): void {
  const file = join(root, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}
