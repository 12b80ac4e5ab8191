/**
 * How many different characters there are, regardless of case.
 * @example count_distinct_characters("xyzXYZ") // => 3
 * @example count_distinct_characters("Jerry") // => 4
 * @example count_distinct_characters("") // => 0
 * @property for all letters: ("a" | "B" | "c")[] :: count_distinct_characters(letters.join("") + letters.join("").toUpperCase()) === count_distinct_characters(letters.join(""))
 * @property for all letters: ("a" | "B" | "c")[] :: count_distinct_characters(letters.join("") + "x") === new Set(letters).size + 1
 */
export declare function count_distinct_characters(string: string): number;
