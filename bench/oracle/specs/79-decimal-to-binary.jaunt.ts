/**
 * A number in binary digits, with "db" before and after it.
 * @example decimal_to_binary(15) // => "db1111db"
 * @example decimal_to_binary(32) // => "db100000db"
 * @example decimal_to_binary(0) // => "db0db"
 * @property for all n: nat :: decimal_to_binary(n).startsWith("db") && decimal_to_binary(n).endsWith("db") && Number.parseInt(decimal_to_binary(n).slice(2, -2), 2) === n
 */
export declare function decimal_to_binary(decimal: number): string;
