/**
 * The area of a triangle with side `a` and the height `h` upon it.
 * @example triangle_area(5, 3) // => 7.5
 * @example triangle_area(2, 2) // => 2
 * @example triangle_area(10, 8) // => 40
 * @property for all a: int<0, 10000>, h: int<0, 10000> :: 2 * triangle_area(a, h) === a * h
 */
export declare function triangle_area(a: number, h: number): number;
