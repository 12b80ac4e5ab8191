/**
 * The numbers with `delimeter` between each two of them.
 * @example intersperse([], 4) // => []
 * @example intersperse([1, 2, 3], 4) // => [1, 4, 2, 4, 3]
 * @example intersperse([9], 0) // => [9]
 * @property for all numbers: integer[], d: integer where numbers.length > 0 :: intersperse(numbers, d).length === 2 * numbers.length - 1
 * @property for all numbers: integer[], d: integer :: intersperse(numbers, d).every((each, index) => each === (index % 2 === 0 ? numbers[index / 2] : d))
 */
export declare function intersperse(numbers: number[], delimeter: number): number[];
