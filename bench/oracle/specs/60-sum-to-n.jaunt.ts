/**
 * The sum of the numbers from 1 to `n`.
 * @example sum_to_n(30) // => 465
 * @example sum_to_n(1) // => 1
 * @example sum_to_n(0) // => 0
 * @example sum_to_n(5) // => 15
 * @property for all n: int<0, 1000000> :: sum_to_n(n + 1) - sum_to_n(n) === n + 1
 */
export declare function sum_to_n(n: number): number;
