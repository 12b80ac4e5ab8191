/**
 * Whether three numbers at different indices add up to 0.
 * @example triples_sum_to_zero([1, 3, 5, 0]) // => false
 * @example triples_sum_to_zero([1, 3, -2, 1]) // => true
 * @example triples_sum_to_zero([1]) // => false
 * @example triples_sum_to_zero([2, 4, -5, 3, 9, 7]) // => true
 * @example triples_sum_to_zero([0, 0]) // => false
 * @property for all l: integer[], a: integer, b: integer where l.length < 20 :: triples_sum_to_zero([a, ...l, b, -a - b])
 * @property for all l: nat[] where l.length < 20 :: !triples_sum_to_zero(l.map((each) => each + 1))
 */
export declare function triples_sum_to_zero(l: number[]): boolean;
