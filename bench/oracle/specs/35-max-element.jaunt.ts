/**
 * The largest number of at least one.
 * @example max_element([1, 2, 3]) // => 3
 * @example max_element([5, 3, -5, 2, -3, 3, 9, 0, 123, 1, -10]) // => 123
 * @example max_element([-7]) // => -7
 * @property for all l: integer[] where l.length > 0 :: l.includes(max_element(l)) && l.every((each) => each <= max_element(l))
 */
export declare function max_element(l: number[]): number;
