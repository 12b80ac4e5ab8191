/**
 * The sum of the character codes of the upper case letters A to Z.
 * @example digitSum("") // => 0
 * @example digitSum("abAB") // => 131
 * @example digitSum("helloE") // => 69
 * @example digitSum("Z[@a") // => 90
 * @property for all letters: ("A" | "b" | "Z" | "[" | "@" | "M")[] :: digitSum(letters.join("")) === letters.reduce((sum, each) => sum + (/[A-Z]/.test(each) ? each.charCodeAt(0) : 0), 0)
 */
export declare function digitSum(s: string): number;
