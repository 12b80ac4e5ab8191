/**
 * For each group of parentheses, the groups being separated by spaces, how deep it is nested.
 * @example parse_nested_parens("(()()) ((())) () ((())()())") // => [2, 3, 1, 3]
 * @example parse_nested_parens("") // => []
 * @example parse_nested_parens("(((())))") // => [4]
 * @property for all depths: (0 | 1 | 2 | 7)[] where depths.length > 0 :: parse_nested_parens(depths.map((each) => "(".repeat(each + 1) + ")".repeat(each + 1)).join(" ")).every((each, index) => each === (depths[index] ?? -2) + 1)
 */
export declare function parse_nested_parens(paren_string: string): number[];
