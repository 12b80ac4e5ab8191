/** A small project that shows every kind of spec: posix path to text. */
export const exampleFiles: Readonly<Record<string, string>> = Object.freeze({
  "jaunt.toml": `# Every key has a default; an unknown key is an error.
version = 1

[paths]
source_roots = ["src"]
test_roots = ["tests"]

[llm]
provider = "auto"
max_cost_per_build = 1.0      # dollars; a build stops before it costs more

[build]
verify = "examples"           # a reply is taken only when the spec's examples pass
`,
  "src/slug.jaunt.ts": `/** Thrown for a title of which nothing is left. Written by hand, so it is kept and exported again. */
export class SlugError extends Error {}

/**
 * Turn a title into a slug for an address: lower case, Latin letters and digits kept, accents dropped, everything else
 * one "-" between words, none at either end. Longer than \`limit\` it is cut at the last whole word that fits; a first
 * word that does not fit is cut itself.
 *
 * @throws {SlugError} when no letter or digit is left
 * @throws {RangeError} when \`limit\` is less than 1
 * @example createSlug("Crème brûlée, twice!", 40) // => "creme-brulee-twice"
 * @example createSlug("one two three", 9) // => "one-two"
 * @example createSlug("  ", 40) // throws SlugError
 */
export declare function createSlug(title: string, limit: number): string;
`,
  "src/recent.jaunt.ts": `import { magic } from "@jaunt/spec";

/**
 * The last values that were pushed, at most \`capacity\` of them, oldest first.
 *
 * @throws {RangeError} "capacity must be positive" when \`capacity\` is less than 1
 * @example
 * const recent = new Recent<string>(2);
 * recent.push("a");
 * recent.push("b");
 * recent.push("c");
 * recent.values() // => ["b", "c"]
 * @example new Recent(0) // throws RangeError: capacity must be positive
 */
export class Recent<Value> {
  constructor(capacity: number) {
    magic(capacity);
  }

  /** Add a value; the oldest goes when there are too many. */
  push(value: Value): void {
    magic(value);
  }

  /** A copy, oldest first. */
  values(): readonly Value[] {
    return magic();
  }

  /** Written by hand, so it is kept as it is. */
  get isEmpty(): boolean {
    return this.values().length === 0;
  }
}
`,
  "tests/slug.jaunt.ts": `import { test } from "@jaunt/spec";
import { createSlug } from "../src/slug.js";

/** A slug never starts or ends with "-", never has two in a row, and is never longer than the limit, whatever the title. */
export function keepsToItsForm(): void {
  test(createSlug);
}

/** Throws SlugError for titles without a letter or digit, and RangeError for limits of 0 and below. */
export function refusesWhatLeavesNothing(): void {
  test(createSlug);
}
`,
});
