/**
 * Whether every number is below `t`.
 * @example below_threshold([1, 2, 4, 10], 100) // => true
 * @example below_threshold([1, 20, 4, 10], 5) // => false
 * @example below_threshold([], 0) // => true
 * @example below_threshold([5], 5) // => false
 * @property for all l: integer[], t: integer :: below_threshold(l, t) === (l.length === 0 || Math.max(...l) < t)
 */
export declare function below_threshold(l: number[], t: number): boolean;
