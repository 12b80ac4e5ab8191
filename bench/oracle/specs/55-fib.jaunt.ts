/**
 * The `n`th Fibonacci number, the 0th being 0 and the first 1.
 * @example fib(10) // => 55
 * @example fib(1) // => 1
 * @example fib(8) // => 21
 * @example fib(0) // => 0
 * @example fib(2) // => 1
 * @property for all n: int<0, 18> :: fib(n + 2) === fib(n + 1) + fib(n)
 */
export declare function fib(n: number): number;
