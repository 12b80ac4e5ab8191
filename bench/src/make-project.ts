import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** Modules per folder: large projects are not one flat folder. */
const folderSize = 50;

/** Module id of the `index`th spec module of a synthetic project. */
export function moduleId(index: number): string {
  return `src/area${Math.floor(index / folderSize)}/unit${index}`;
}

/**
 * Writes a project of `count` spec modules of about 0.8 KB, each with two functions and a type, each depending on up to two
 * earlier ones. Returns the source text that a model would reply for each module id.
 */
export function makeProject(root: string, count: number, provider = "replay"): ReadonlyMap<string, string> {
  write(
    root,
    "jaunt.toml",
    `version = 1\n[llm]\nprovider = "${provider}"\nmodel = "bench"\n[paths]\ntest_roots = []\n`,
  );
  write(root, "package.json", `{ "name": "bench-project", "private": true, "type": "module" }\n`);
  write(root, "tsconfig.json", tsconfig);
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

function replyText(index: number): string {
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

const tsconfig = `{
  "compilerOptions": { "target": "es2022", "lib": ["es2022"], "module": "nodenext", "strict": true, "noEmit": true, "types": [], "skipLibCheck": true },
  "include": ["src"]
}
`;

function write(root: string, path: string, text: string): void {
  const file = join(root, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}
