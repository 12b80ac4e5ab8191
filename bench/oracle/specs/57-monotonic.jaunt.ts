/**
 * Whether the numbers only rise or only fall; equal neighbours do neither harm.
 * @example monotonic([1, 2, 4, 20]) // => true
 * @example monotonic([1, 20, 4, 10]) // => false
 * @example monotonic([4, 1, 0, -10]) // => true
 * @example monotonic([4, 4]) // => true
 * @example monotonic([]) // => true
 * @example monotonic([1, 2, 1]) // => false
 * @property for all l: integer[] :: monotonic([...l].sort((a, b) => a - b)) && monotonic([...l].sort((a, b) => b - a))
 * @property for all a: integer, l: integer[] :: !monotonic([a, a + 1, ...l, a])
 */
export declare function monotonic(l: number[]): boolean;
