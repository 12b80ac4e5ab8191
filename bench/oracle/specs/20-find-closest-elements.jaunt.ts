/**
 * The two numbers that are closest to each other, the smaller one first; at least two are given, and the first of
 * equally close pairs counts.
 * @example find_closest_elements([1, 2, 3.5, 5, 7]) // => [1, 2]
 * @example find_closest_elements([1, 2, 4, 5.5, 2]) // => [2, 2]
 * @example find_closest_elements([10, -3]) // => [-3, 10]
 * @property for all a: integer, b: integer :: find_closest_elements([a, b])[0] === Math.min(a, b) && find_closest_elements([a, b])[1] === Math.max(a, b)
 * @property for all numbers: integer[], a: integer :: find_closest_elements([a, ...numbers, a]).every((each, index, all) => each === all[0])
 */
export declare function find_closest_elements(numbers: number[]): [number, number];
