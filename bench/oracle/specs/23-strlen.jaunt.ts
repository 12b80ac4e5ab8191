/**
 * The length of a text in UTF-16 code units.
 * @example strlen("") // => 0
 * @example strlen("abc") // => 3
 * @property for all a: string, b: string :: strlen(a + b) === strlen(a) + strlen(b)
 * @property for all n: int<0, 1000> :: strlen("x".repeat(n)) === n
 */
export declare function strlen(string: string): number;
