/**
 * The largest prime factor of `n`, which is above 1 and no prime.
 * @example largest_prime_factor(1319) // => 1319
 * @example largest_prime_factor(2048) // => 2
 * @example largest_prime_factor(15) // => 5
 * @example largest_prime_factor(49) // => 7
 * @property for all a: 2 | 3 | 5 | 7, b: 2 | 3 | 5 | 7 | 11 | 13 :: largest_prime_factor(a * b) === Math.max(a, b)
 * @property for all n: int<4, 500> :: n % largest_prime_factor(n) === 0
 */
export declare function largest_prime_factor(n: number): number;
