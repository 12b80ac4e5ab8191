/**
 * The largest of these positive numbers that occurs at least as often as its own value; -1 for none.
 * @example search([4, 1, 2, 2, 3, 1]) // => 2
 * @example search([1, 2, 2, 3, 3, 3, 4, 4, 4]) // => 3
 * @example search([5, 5, 4, 4, 4]) // => -1
 * @example search([1]) // => 1
 * @property for all lst: (1 | 2 | 3 | 4)[] where lst.length > 0 :: [-1, 1, 2, 3, 4].filter((each) => each === -1 || lst.filter((other) => other === each).length >= each).at(-1) === search(lst)
 */
export declare function search(lst: number[]): number;
