/**
 * Whether `x` is `n` to some power 0, 1, 2 …; both are at least 1.
 * @example is_simple_power(1, 4) // => true
 * @example is_simple_power(2, 2) // => true
 * @example is_simple_power(8, 2) // => true
 * @example is_simple_power(3, 2) // => false
 * @example is_simple_power(3, 1) // => false
 * @example is_simple_power(5, 3) // => false
 * @example is_simple_power(1, 1) // => true
 * @property for all n: 2 | 3 | 7, k: int<0, 15> :: is_simple_power(n ** k, n) && !is_simple_power(n ** k + 1 + (n === 2 && k === 0 ? 1 : 0), n)
 */
export declare function is_simple_power(x: number, n: number): boolean;
