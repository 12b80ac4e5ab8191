/**
 * The greatest common divisor of two positive integers.
 * @example greatest_common_divisor(3, 5) // => 1
 * @example greatest_common_divisor(25, 15) // => 5
 * @example greatest_common_divisor(12, 18) // => 6
 * @example greatest_common_divisor(7, 7) // => 7
 * @property for all a: int<1, 1000000>, b: int<1, 1000000> :: a % greatest_common_divisor(a, b) === 0 && b % greatest_common_divisor(a, b) === 0
 * @property for all a: int<1, 10000>, b: int<1, 10000> :: greatest_common_divisor(a * b, b) === b
 */
export declare function greatest_common_divisor(a: number, b: number): number;
