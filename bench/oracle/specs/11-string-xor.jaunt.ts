/**
 * The exclusive or of two texts of "0" and "1" of one length, bit by bit.
 * @example string_xor("010", "110") // => "100"
 * @example string_xor("", "") // => ""
 * @example string_xor("1111", "0101") // => "1010"
 * @property for all bits: ("0" | "1")[] :: !string_xor(bits.join(""), bits.join("")).includes("1")
 * @property for all bits: ("0" | "1")[] :: string_xor(bits.join(""), "0".repeat(bits.length)) === bits.join("")
 */
export declare function string_xor(a: string, b: string): string;
