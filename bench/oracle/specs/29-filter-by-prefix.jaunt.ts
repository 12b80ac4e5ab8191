/**
 * The strings that start with `prefix`, in their order.
 * @example filter_by_prefix([], "a") // => []
 * @example filter_by_prefix(["abc", "bcd", "cde", "array"], "a") // => ["abc", "array"]
 * @example filter_by_prefix(["ba"], "a") // => []
 * @property for all strings: string[], prefix: string :: filter_by_prefix(strings.map((each) => prefix + each), prefix).length === strings.length
 * @property for all strings: string[], prefix: string :: filter_by_prefix(strings, prefix).every((each) => each.slice(0, prefix.length) === prefix)
 */
export declare function filter_by_prefix(strings: string[], prefix: string): string[];
