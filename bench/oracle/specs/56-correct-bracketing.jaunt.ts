/**
 * Whether a text of "<" and ">" is balanced.
 * @example correct_bracketing("<") // => false
 * @example correct_bracketing("<>") // => true
 * @example correct_bracketing("<<><>>") // => true
 * @example correct_bracketing("><<>") // => false
 * @example correct_bracketing("") // => true
 * @property for all n: int<0, 40>, m: int<0, 40> :: correct_bracketing("<".repeat(n) + ">".repeat(m)) === (n === m)
 * @property for all brackets: ("<" | ">")[] :: !correct_bracketing(brackets.join("")) || correct_bracketing("<" + brackets.join("") + "><>")
 * @property for all brackets: ("<" | ">")[] :: !correct_bracketing(">" + brackets.join(""))
 */
export declare function correct_bracketing(brackets: string): boolean;
