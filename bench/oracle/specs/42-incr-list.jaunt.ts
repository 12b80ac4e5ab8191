/**
 * Each number plus 1.
 * @example incr_list([1, 2, 3]) // => [2, 3, 4]
 * @example incr_list([]) // => []
 * @example incr_list([-1, 9]) // => [0, 10]
 * @property for all l: integer[] :: incr_list(l).length === l.length && incr_list(l).every((each, index) => each - 1 === l[index])
 */
export declare function incr_list(l: number[]): number[];
