/**
 * The numbers from 0 to `n`, both included, with a space between.
 * @example string_sequence(0) // => "0"
 * @example string_sequence(5) // => "0 1 2 3 4 5"
 * @property for all n: int<0, 300> :: string_sequence(n).split(" ").every((each, index) => each === String(index)) && string_sequence(n).split(" ").length === n + 1
 */
export declare function string_sequence(n: number): string;
