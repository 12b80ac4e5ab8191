/**
 * The area of a triangle by its three sides, rounded to two places; -1 when two of them together are not longer
 * than the third.
 * @example triangle_area(3, 4, 5) // => 6
 * @example triangle_area(1, 2, 10) // => -1
 * @example triangle_area(4, 8, 5) // => 8.18
 * @example triangle_area(2, 2, 2) // => 1.73
 * @example triangle_area(1, 2, 3) // => -1
 * @property for all a: int<1, 50>, b: int<1, 50>, c: int<1, 50> :: triangle_area(a, b, c) === triangle_area(c, a, b) && triangle_area(a, b, c) === triangle_area(b, a, c)
 * @property for all a: int<0, 1000>, b: int<0, 1000> :: triangle_area(a, b, a + b) === -1
 */
export declare function triangle_area(a: number, b: number, c: number): number;
