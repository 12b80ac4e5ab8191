/**
 * The strings that contain `substring`, in their order.
 * @example filter_by_substring([], "a") // => []
 * @example filter_by_substring(["abc", "bacd", "cde", "array"], "a") // => ["abc", "bacd", "array"]
 * @example filter_by_substring(["a", "b"], "") // => ["a", "b"]
 * @property for all strings: string[], substring: string :: filter_by_substring(strings, substring).join("|") === strings.filter((each) => each.split(substring).length > 1 || substring === "").join("|")
 * @property for all strings: string[], end: string :: filter_by_substring(strings.map((each) => each + end), end).length === strings.length
 */
export declare function filter_by_substring(strings: string[], substring: string): string[];
