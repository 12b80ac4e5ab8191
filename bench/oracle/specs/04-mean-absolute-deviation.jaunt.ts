/**
 * The mean absolute deviation: the mean distance of the numbers from their mean.
 * @example mean_absolute_deviation([1, 2, 3, 4]) // => 1
 * @example mean_absolute_deviation([5, 5]) // => 0
 * @example mean_absolute_deviation([0, 10]) // => 5
 * @property for all a: integer, b: integer :: mean_absolute_deviation([a, b]) === Math.abs(a - b) / 2
 * @property for all a: integer, n: int<0, 50> :: mean_absolute_deviation(Array.from({ length: n + 1 }, () => a)) === 0
 */
export declare function mean_absolute_deviation(numbers: number[]): number;
