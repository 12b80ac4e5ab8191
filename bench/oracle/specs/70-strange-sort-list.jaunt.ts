/**
 * The numbers in this order: the smallest, the largest of the rest, the smallest of that rest, and so on.
 * @example strange_sort_list([1, 2, 3, 4]) // => [1, 4, 2, 3]
 * @example strange_sort_list([5, 5, 5, 5]) // => [5, 5, 5, 5]
 * @example strange_sort_list([]) // => []
 * @example strange_sort_list([9, 1, 8]) // => [1, 9, 8]
 * @property for all lst: integer[] :: [...strange_sort_list([...lst])].sort((a, b) => a - b).join() === [...lst].sort((a, b) => a - b).join()
 * @property for all lst: integer[] where lst.length > 1 :: strange_sort_list([...lst])[0] === Math.min(...lst) && strange_sort_list([...lst])[1] === Math.max(...lst)
 */
export declare function strange_sort_list(lst: number[]): number[];
