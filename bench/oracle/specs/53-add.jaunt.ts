/**
 * The sum of two numbers.
 * @example add(2, 3) // => 5
 * @example add(-5, 7) // => 2
 * @property for all x: integer, y: integer :: add(x, y) - y === x && add(x, y) === add(y, x)
 */
export declare function add(x: number, y: number): number;
