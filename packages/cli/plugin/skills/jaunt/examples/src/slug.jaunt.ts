/** Thrown for a title of which nothing is left. Written by hand, so it is kept and exported again. */
export class SlugError extends Error {}

/**
 * Turn a title into a slug for an address: lower case, Latin letters and digits kept, accents dropped, everything else
 * one "-" between words, none at either end. Longer than `limit` it is cut at the last whole word that fits; a first
 * word that does not fit is cut itself.
 *
 * @throws {SlugError} when no letter or digit is left
 * @throws {RangeError} when `limit` is less than 1
 * @example createSlug("Crème brûlée, twice!", 40) // => "creme-brulee-twice"
 * @example createSlug("one two three", 9) // => "one-two"
 * @example createSlug("  ", 40) // throws SlugError
 */
export declare function createSlug(title: string, limit: number): string;
