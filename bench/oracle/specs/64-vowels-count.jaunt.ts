/**
 * How many vowels a word has: a, e, i, o, u, and y at its end; in either case.
 * @example vowels_count("abcde") // => 2
 * @example vowels_count("ACEDY") // => 3
 * @example vowels_count("") // => 0
 * @example vowels_count("yes") // => 1
 * @example vowels_count("key") // => 2
 * @property for all letters: ("a" | "E" | "x" | "y" | "i" | "O" | "u")[] :: vowels_count(letters.join("") + "x") === letters.filter((each) => each !== "x" && each !== "y").length
 */
export declare function vowels_count(s: string): number;
