/**
 * Whether two of the numbers are closer to each other than `threshold`. Fewer than two are never close.
 * @example has_close_elements([1, 2, 3], 0.5) // => false
 * @example has_close_elements([1, 2.8, 3, 4, 5, 2], 0.3) // => true
 * @example has_close_elements([1, 2], 1) // => false
 * @example has_close_elements([7], 100) // => false
 * @property for all numbers: integer[], threshold: integer :: has_close_elements(numbers, threshold) === has_close_elements([...numbers].reverse(), threshold)
 * @property for all numbers: integer[] :: !has_close_elements(numbers, 0)
 * @property for all a: integer, b: integer :: has_close_elements([a, b], Math.abs(a - b) + 1) && !has_close_elements([a, b], Math.abs(a - b))
 */
export declare function has_close_elements(numbers: number[], threshold: number): boolean;
