/**
 * The part of a positive number behind the point.
 * @example truncate_number(3.5) // => 0.5
 * @example truncate_number(7) // => 0
 * @example truncate_number(0.25) // => 0.25
 * @property for all n: nat :: truncate_number(n + 0.5) === 0.5 && truncate_number(n) === 0
 */
export declare function truncate_number(number: number): number;
