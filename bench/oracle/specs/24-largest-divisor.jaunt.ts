/**
 * The largest number below `n` that divides it; `n` is at least 2.
 * @example largest_divisor(15) // => 5
 * @example largest_divisor(2) // => 1
 * @example largest_divisor(49) // => 7
 * @example largest_divisor(100) // => 50
 * @property for all n: int<2, 5000> :: n % largest_divisor(n) === 0 && largest_divisor(n) < n
 * @property for all n: int<2, 2000> :: largest_divisor(2 * n) === n
 */
export declare function largest_divisor(n: number): number;
