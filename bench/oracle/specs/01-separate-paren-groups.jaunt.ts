/**
 * Split a text of balanced parentheses into its outermost groups, in order. Spaces are ignored.
 * @example separate_paren_groups("( ) (( )) (( )( ))") // => ["()", "(())", "(()())"]
 * @example separate_paren_groups("") // => []
 * @example separate_paren_groups("((()))()") // => ["((()))", "()"]
 * @property for all n: int<0, 20>, m: int<0, 20> :: separate_paren_groups("(" + "( )".repeat(n) + ")" + "()".repeat(m)).length === m + 1
 * @property for all n: int<0, 20> :: separate_paren_groups("()(())".repeat(n)).join("") === "()(())".repeat(n)
 */
export declare function separate_paren_groups(paren_string: string): string[];
