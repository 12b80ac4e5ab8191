/**
 * The numbers with those at every third index (0, 3, 6 …) sorted among themselves; the others stay.
 * @example sort_third([1, 2, 3]) // => [1, 2, 3]
 * @example sort_third([5, 6, 3, 4, 8, 9, 2]) // => [2, 6, 3, 4, 8, 9, 5]
 * @example sort_third([]) // => []
 * @example sort_third([10, 0, 0, 9]) // => [9, 0, 0, 10]
 * @property for all l: integer[] :: sort_third(l).every((each, index, all) => (index % 3 === 0 ? (all[index - 3] ?? -Infinity) <= each : each === l[index]))
 * @property for all l: integer[] :: [...sort_third(l)].sort((a, b) => a - b).join() === [...l].sort((a, b) => a - b).join()
 */
export declare function sort_third(l: number[]): number[];
