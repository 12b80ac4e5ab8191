/**
 * How many digits of an upper case hexadecimal number are primes: 2, 3, 5, 7, B, D.
 * @example hex_key("AB") // => 1
 * @example hex_key("1077E") // => 2
 * @example hex_key("ABED1A33") // => 4
 * @example hex_key("") // => 0
 * @example hex_key("2357BD") // => 6
 * @example hex_key("014689ACEF") // => 0
 * @property for all digits: ("0" | "1" | "2" | "3" | "5" | "7" | "9" | "A" | "B" | "D" | "F")[] :: hex_key(digits.join("")) === digits.filter((each) => /[2357BD]/.test(each)).length
 */
export declare function hex_key(num: string): number;
