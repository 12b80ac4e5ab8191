/**
 * The list whose strings have fewer characters in all; the first when both have as many.
 * @example total_match([], []) // => []
 * @example total_match(["hi", "admin"], ["hI", "Hi"]) // => ["hI", "Hi"]
 * @example total_match(["4"], ["1", "2", "3", "4", "5"]) // => ["4"]
 * @example total_match(["ab"], ["c", "d"]) // => ["ab"]
 * @property for all a: string[], b: string[] :: total_match(a, b) === (a.join("").length > b.join("").length ? b : a)
 */
export declare function total_match(lst1: string[], lst2: string[]): string[];
