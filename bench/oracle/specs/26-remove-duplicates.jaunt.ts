/**
 * The numbers that occur once, in their order.
 * @example remove_duplicates([1, 2, 3, 2, 4]) // => [1, 3, 4]
 * @example remove_duplicates([]) // => []
 * @example remove_duplicates([5, 5]) // => []
 * @property for all numbers: integer[] :: remove_duplicates([...numbers, ...numbers]).length === 0
 * @property for all numbers: (1 | 2 | 3 | 4)[] :: remove_duplicates(numbers).every((each) => numbers.indexOf(each) === numbers.lastIndexOf(each))
 * @property for all numbers: (1 | 2 | 3 | 4)[] :: remove_duplicates([...numbers, 9]).at(-1) === 9
 */
export declare function remove_duplicates(numbers: number[]): number[];
