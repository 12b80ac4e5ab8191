/**
 * The different numbers in ascending order.
 * @example unique([5, 3, 5, 2, 3, 3, 9, 0, 123]) // => [0, 2, 3, 5, 9, 123]
 * @example unique([]) // => []
 * @example unique([10, 9, 10]) // => [9, 10]
 * @property for all l: integer[] :: unique(l).every((each, index, all) => l.includes(each) && (all[index - 1] ?? -Infinity) < each)
 * @property for all l: integer[] :: l.every((each) => unique(l).includes(each))
 */
export declare function unique(l: number[]): number[];
