/**
 * The numbers with those at even indices sorted among themselves; the others stay.
 * @example sort_even([1, 2, 3]) // => [1, 2, 3]
 * @example sort_even([5, 6, 3, 4]) // => [3, 6, 5, 4]
 * @example sort_even([10, 1, 9, 0]) // => [9, 1, 10, 0]
 * @property for all l: integer[] :: sort_even(l).every((each, index, all) => (index % 2 === 0 ? (all[index - 2] ?? -Infinity) <= each : each === l[index]))
 * @property for all l: integer[] :: [...sort_even(l)].sort((a, b) => a - b).join() === [...l].sort((a, b) => a - b).join()
 */
export declare function sort_even(l: number[]): number[];
