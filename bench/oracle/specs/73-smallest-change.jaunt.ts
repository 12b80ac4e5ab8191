/**
 * How many numbers must change at least for the list to read the same backwards.
 * @example smallest_change([1, 2, 3, 5, 4, 7, 9, 6]) // => 4
 * @example smallest_change([1, 2, 3, 4, 3, 2, 2]) // => 1
 * @example smallest_change([1, 2, 3, 2, 1]) // => 0
 * @example smallest_change([]) // => 0
 * @property for all arr: nat[] :: smallest_change(arr) === arr.filter((each, index) => each !== arr[arr.length - 1 - index]).length / 2
 */
export declare function smallest_change(arr: number[]): number;
