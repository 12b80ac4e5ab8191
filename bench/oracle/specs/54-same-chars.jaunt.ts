/**
 * Whether two words consist of the same characters, however often each occurs.
 * @example same_chars("eabcdzzzz", "dddzzzzzzzddeddabc") // => true
 * @example same_chars("abcd", "dddddddabc") // => true
 * @example same_chars("eabcd", "dddddddabc") // => false
 * @example same_chars("abcd", "dddddddabce") // => false
 * @example same_chars("", "") // => true
 * @property for all letters: ("a" | "b" | "c")[] :: same_chars(letters.join(""), [...letters, ...letters].reverse().join(""))
 * @property for all letters: ("a" | "b" | "c")[] :: !same_chars(letters.join("") + "x", letters.join(""))
 */
export declare function same_chars(s0: string, s1: string): boolean;
