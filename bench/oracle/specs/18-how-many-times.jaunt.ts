/**
 * How often a text contains another, overlaps counted.
 * @example how_many_times("", "a") // => 0
 * @example how_many_times("aaa", "a") // => 3
 * @example how_many_times("aaaa", "aa") // => 3
 * @example how_many_times("abcab", "ab") // => 2
 * @property for all n: int<1, 60>, m: int<1, 10> where m <= n :: how_many_times("a".repeat(n), "a".repeat(m)) === n - m + 1
 * @property for all text: string :: how_many_times(text + "", text + "x") === 0
 */
export declare function how_many_times(string: string, substring: string): number;
