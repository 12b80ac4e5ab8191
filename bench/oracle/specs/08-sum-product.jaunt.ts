/**
 * The sum and the product of the numbers; 0 and 1 for none.
 * @example sum_product([]) // => [0, 1]
 * @example sum_product([1, 2, 3, 4]) // => [10, 24]
 * @example sum_product([-2, 5]) // => [3, -10]
 * @property for all numbers: integer[] :: sum_product([...numbers, 0])[1] * 0 === 0 && sum_product(numbers)[0] === numbers.reduce((sum, each) => sum + each, 0)
 * @property for all a: integer, b: integer :: sum_product([a, b])[1] === a * b
 */
export declare function sum_product(numbers: number[]): [number, number];
