/**
 * The smallest even number with its first index; nothing when none is even.
 * @example pluck([4, 2, 3]) // => [2, 1]
 * @example pluck([1, 2, 3]) // => [2, 1]
 * @example pluck([]) // => []
 * @example pluck([5, 0, 3, 0, 4, 2]) // => [0, 1]
 * @example pluck([1, 3]) // => []
 * @property for all arr: nat[] :: pluck(arr).length === (arr.some((each) => each % 2 === 0) ? 2 : 0)
 * @property for all arr: nat[] where arr.some((each) => each % 2 === 0) :: arr.indexOf(pluck(arr)[0] ?? -1) === pluck(arr)[1] && arr.every((each) => each % 2 === 1 || each >= (pluck(arr)[0] ?? 0))
 */
export declare function pluck(arr: number[]): number[];
