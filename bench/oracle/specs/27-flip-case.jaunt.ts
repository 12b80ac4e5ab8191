/**
 * Upper case becomes lower case and the other way round; other characters stay.
 * @example flip_case("Hello") // => "hELLO"
 * @example flip_case("") // => ""
 * @example flip_case("a1 B!") // => "A1 b!"
 * @property for all letters: ("a" | "B" | "z" | "7" | " ")[] :: flip_case(flip_case(letters.join(""))) === letters.join("")
 * @property for all letters: ("a" | "b" | "z")[] :: flip_case(letters.join("")) === letters.join("").toUpperCase()
 */
export declare function flip_case(string: string): string;
