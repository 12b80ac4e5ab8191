/**
 * For each number, the largest up to and including it.
 * @example rolling_max([1, 2, 3, 2, 3, 4, 2]) // => [1, 2, 3, 3, 3, 4, 4]
 * @example rolling_max([]) // => []
 * @example rolling_max([-3, -5]) // => [-3, -3]
 * @property for all numbers: integer[] :: rolling_max(numbers).length === numbers.length && rolling_max(numbers).every((each, index) => each === Math.max(...numbers.slice(0, index + 1)))
 */
export declare function rolling_max(numbers: number[]): number[];
