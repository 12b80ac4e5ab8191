/**
 * Whether the number is prime.
 * @example is_prime(6) // => false
 * @example is_prime(101) // => true
 * @example is_prime(11) // => true
 * @example is_prime(1) // => false
 * @example is_prime(4) // => false
 * @example is_prime(2) // => true
 * @example is_prime(0) // => false
 * @property for all a: int<2, 100>, b: int<2, 100> :: !is_prime(a * b)
 * @property for all n: int<0, 40> :: is_prime(n) === [2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37].includes(n)
 */
export declare function is_prime(n: number): boolean;
