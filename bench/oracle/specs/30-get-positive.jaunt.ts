/**
 * The numbers above 0, in their order.
 * @example get_positive([-1, 2, -4, 5, 6]) // => [2, 5, 6]
 * @example get_positive([0]) // => []
 * @example get_positive([1, -1]) // => [1]
 * @property for all l: integer[] :: get_positive(l).every((each) => each > 0) && get_positive(l).length === l.filter((each) => -each < 0).length
 */
export declare function get_positive(l: number[]): number[];
