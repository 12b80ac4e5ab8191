/**
 * Shift and scale the numbers so that the smallest becomes 0 and the largest 1; at least two are different.
 * @example rescale_to_unit([1, 2, 3, 4, 5]) // => [0, 0.25, 0.5, 0.75, 1]
 * @example rescale_to_unit([10, 0]) // => [1, 0]
 * @example rescale_to_unit([-4, 4, 0]) // => [0, 1, 0.5]
 * @property for all numbers: integer[] where new Set(numbers).size > 1 :: Math.min(...rescale_to_unit(numbers)) === 0 && Math.max(...rescale_to_unit(numbers)) === 1
 * @property for all numbers: integer[] where new Set(numbers).size > 1 :: rescale_to_unit(numbers).indexOf(0) === numbers.indexOf(Math.min(...numbers))
 */
export declare function rescale_to_unit(numbers: number[]): number[];
