/**
 * The shortest palindrome that begins with the text.
 * @example make_palindrome("") // => ""
 * @example make_palindrome("cat") // => "catac"
 * @example make_palindrome("cata") // => "catac"
 * @example make_palindrome("xyx") // => "xyx"
 * @property for all letters: ("a" | "b")[] :: make_palindrome(letters.join("")).startsWith(letters.join(""))
 * @property for all letters: ("a" | "b")[] :: [...make_palindrome(letters.join(""))].reverse().join("") === make_palindrome(letters.join(""))
 * @property for all letters: ("a" | "b")[] where letters.length > 0 :: make_palindrome(letters.join("")).length < 2 * letters.length
 */
export declare function make_palindrome(string: string): string;
