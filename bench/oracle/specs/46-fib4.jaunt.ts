/**
 * The `n`th number of the sequence 0, 0, 2, 0, … in which each further one is the sum of the four before it.
 * @example fib4(0) // => 0
 * @example fib4(2) // => 2
 * @example fib4(3) // => 0
 * @example fib4(5) // => 4
 * @example fib4(6) // => 8
 * @example fib4(7) // => 14
 * @property for all n: int<0, 40> :: fib4(n + 4) === fib4(n + 3) + fib4(n + 2) + fib4(n + 1) + fib4(n)
 */
export declare function fib4(n: number): number;
