/**
 * The derivative of a polynomial; the coefficient of the power `i` is at index `i`, in what is given and in what
 * is returned.
 * @example derivative([3, 1, 2, 4, 5]) // => [1, 4, 12, 20]
 * @example derivative([1, 2, 3]) // => [2, 6]
 * @example derivative([7]) // => []
 * @example derivative([3, 2, 1]) // => [2, 2]
 * @property for all xs: integer[] where xs.length > 0 :: derivative(xs).length === xs.length - 1 && derivative(xs).every((each, index) => each === (xs[index + 1] ?? 0) * (index + 1))
 */
export declare function derivative(xs: number[]): number[];
