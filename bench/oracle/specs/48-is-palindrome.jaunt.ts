/**
 * Whether a text reads the same backwards.
 * @example is_palindrome("") // => true
 * @example is_palindrome("aba") // => true
 * @example is_palindrome("zbcd") // => false
 * @example is_palindrome("ab") // => false
 * @example is_palindrome("abca") // => false
 * @property for all letters: ("a" | "b" | "c")[] :: is_palindrome(letters.join("")) === (letters.join("") === [...letters].reverse().join(""))
 * @property for all letters: ("a" | "b" | "c")[] :: is_palindrome(letters.join("") + [...letters].reverse().join(""))
 */
export declare function is_palindrome(text: string): boolean;
