/**
 * The median of at least one number: the middle one, or the mean of the middle two.
 * @example median([3, 1, 2, 4, 5]) // => 3
 * @example median([-10, 4, 6, 1000, 10, 20]) // => 8
 * @example median([5]) // => 5
 * @example median([10, 9]) // => 9.5
 * @property for all l: integer[] where l.length > 0 :: median([...l]) === median([...l].reverse())
 * @property for all l: integer[] where l.length > 0 :: l.filter((each) => each < median([...l])).length * 2 <= l.length && l.filter((each) => each > median([...l])).length * 2 <= l.length
 * @property for all a: integer, b: integer :: median([a, b]) === (a + b) / 2
 */
export declare function median(l: number[]): number;
