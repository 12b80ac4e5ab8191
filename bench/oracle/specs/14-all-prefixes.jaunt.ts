/**
 * All beginnings of a text, from the shortest to the longest; not the empty one.
 * @example all_prefixes("abc") // => ["a", "ab", "abc"]
 * @example all_prefixes("") // => []
 * @example all_prefixes("zz") // => ["z", "zz"]
 * @property for all text: string :: all_prefixes(text).length === text.length && all_prefixes(text).every((each, index) => each === text.slice(0, index + 1))
 */
export declare function all_prefixes(string: string): string[];
