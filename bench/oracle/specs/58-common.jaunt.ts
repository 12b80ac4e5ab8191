/**
 * The different numbers that both lists have, in ascending order.
 * @example common([1, 4, 3, 34, 653, 2, 5], [5, 7, 1, 5, 9, 653, 121]) // => [1, 5, 653]
 * @example common([5, 3, 2, 8], [3, 2]) // => [2, 3]
 * @example common([], [1]) // => []
 * @example common([10, 9, 10], [9, 10]) // => [9, 10]
 * @property for all l1: integer[], l2: integer[] :: common([...l1, ...l2], l2).length === new Set(l2).size
 * @property for all l1: nat[], l2: nat[] :: common(l1, l2).every((each, index, all) => l1.includes(each) && l2.includes(each) && (all[index - 1] ?? -1) < each)
 */
export declare function common(l1: number[], l2: number[]): number[];
