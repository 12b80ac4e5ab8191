/**
 * The `n`th number of the sequence 0, 0, 1, … in which each further one is the sum of the three before it.
 * @example fibfib(1) // => 0
 * @example fibfib(5) // => 4
 * @example fibfib(8) // => 24
 * @example fibfib(2) // => 1
 * @example fibfib(0) // => 0
 * @property for all n: int<0, 15> :: fibfib(n + 3) === fibfib(n + 2) + fibfib(n + 1) + fibfib(n)
 */
export declare function fibfib(n: number): number;
