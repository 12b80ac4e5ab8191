/** File name and text of the example spec: one type and error written by hand, one function that Jaunt writes. */
export const exampleSpec: { readonly name: string; readonly text: string } = Object.freeze({
  name: "duration.jaunt.ts",
  text: `/** Thrown for text that is no duration. Written by hand, so it is kept and exported again. */
export class DurationError extends Error {}

/**
 * Milliseconds of a duration such as "1h 30m" or "45s". Units are h, m, s and ms, each at most once, largest first,
 * with optional spaces between them.
 *
 * @throws {DurationError} when the text is empty, a unit is unknown or repeated, or the order is wrong
 * @example parseDuration("1h 30m") // => 5400000
 * @example parseDuration("45s") // => 45000
 */
export declare function parseDuration(text: string): number;
`,
});
