/**
 * Whether two numbers at different indices add up to 0.
 * @example pairs_sum_to_zero([1, 3, 5, 0]) // => false
 * @example pairs_sum_to_zero([2, 4, -5, 3, 5, 7]) // => true
 * @example pairs_sum_to_zero([1]) // => false
 * @example pairs_sum_to_zero([0, 0]) // => true
 * @example pairs_sum_to_zero([1, 3, -2, 1]) // => false
 * @property for all l: integer[], a: integer :: pairs_sum_to_zero([a, ...l, -a])
 * @property for all l: nat[] :: !pairs_sum_to_zero(l.map((each) => each + 1))
 */
export declare function pairs_sum_to_zero(l: number[]): boolean;
