/**
 * Whether a number below 100 is the product of three primes, which may be equal.
 * @example is_multiply_prime(30) // => true
 * @example is_multiply_prime(8) // => true
 * @example is_multiply_prime(10) // => false
 * @example is_multiply_prime(1) // => false
 * @example is_multiply_prime(63) // => true
 * @property for all a: 2 | 3 | 5, b: 2 | 3, c: 2 | 3 | 5 :: is_multiply_prime(a * b * c) && !is_multiply_prime(a * b)
 */
export declare function is_multiply_prime(a: number): boolean;
