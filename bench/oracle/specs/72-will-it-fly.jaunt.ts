/**
 * Whether the list reads the same backwards and adds up to at most `w`.
 * @example will_it_fly([1, 2], 5) // => false
 * @example will_it_fly([3, 2, 3], 1) // => false
 * @example will_it_fly([3, 2, 3], 9) // => true
 * @example will_it_fly([3], 3) // => true
 * @example will_it_fly([3, 2, 3], 8) // => true
 * @property for all q: int<0, 1000>[] :: will_it_fly([...q, ...[...q].reverse()], 2 * q.reduce((sum, each) => sum + each, 0))
 * @property for all a: nat, b: nat where a !== b :: !will_it_fly([a, b], Infinity)
 */
export declare function will_it_fly(q: number[], w: number): boolean;
