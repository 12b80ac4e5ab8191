/**
 * Whether a text has at least three characters and each three in a row are different.
 * @example is_happy("a") // => false
 * @example is_happy("aa") // => false
 * @example is_happy("abcd") // => true
 * @example is_happy("aabb") // => false
 * @example is_happy("adb") // => true
 * @example is_happy("xyy") // => false
 * @example is_happy("xyx") // => false
 * @property for all letters: ("a" | "b" | "c" | "d")[] :: is_happy(letters.join("")) === is_happy([...letters].reverse().join(""))
 * @property for all letters: ("a" | "b" | "c" | "d")[], x: "a" | "b" :: !is_happy(letters.join("") + x + x) && !is_happy(x + "c" + x + letters.join(""))
 * @property for all n: int<0, 30> :: is_happy("abc" + "abc".repeat(n))
 */
export declare function is_happy(s: string): boolean;
