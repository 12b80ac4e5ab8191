/**
 * Write a positive `x` in a `base` from 2 to 9.
 * @example change_base(8, 3) // => "22"
 * @example change_base(8, 2) // => "1000"
 * @example change_base(7, 2) // => "111"
 * @example change_base(64, 8) // => "100"
 * @property for all x: int<1, 1000000>, base: 2 | 3 | 5 | 9 :: Number.parseInt(change_base(x, base), base) === x
 */
export declare function change_base(x: number, base: number): string;
