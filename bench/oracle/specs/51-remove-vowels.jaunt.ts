/**
 * The text without the vowels a, e, i, o and u in either case.
 * @example remove_vowels("") // => ""
 * @example remove_vowels("abcdef") // => "bcdf"
 * @example remove_vowels("aaBAA") // => "B"
 * @example remove_vowels("zbcd") // => "zbcd"
 * @example remove_vowels("ouIE y") // => " y"
 * @property for all letters: ("a" | "E" | "x" | "i" | "O" | "u" | "Y")[] :: remove_vowels(letters.join("")) === letters.filter((each) => each === "x" || each === "Y").join("")
 */
export declare function remove_vowels(text: string): string;
