/**
 * The `n`th number, counted from 1, that is both prime and a Fibonacci number; `n` is at most 8.
 * @example prime_fib(1) // => 2
 * @example prime_fib(2) // => 3
 * @example prime_fib(3) // => 5
 * @example prime_fib(4) // => 13
 * @example prime_fib(5) // => 89
 * @example prime_fib(7) // => 1597
 * @property for all n: 1 | 2 | 3 | 4 | 5 | 6 | 7 :: prime_fib(n) < prime_fib(n + 1) && prime_fib(n + 1) % 2 === 1
 */
export declare function prime_fib(n: number): number;
