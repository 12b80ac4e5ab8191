/**
 * The prime factors of `n`, at least 2, in ascending order, each as often as it divides.
 * @example factorize(8) // => [2, 2, 2]
 * @example factorize(25) // => [5, 5]
 * @example factorize(70) // => [2, 5, 7]
 * @example factorize(7) // => [7]
 * @property for all n: int<2, 5000> :: factorize(n).reduce((product, each) => product * each, 1) === n
 * @property for all n: int<2, 5000> :: factorize(n).every((each, index, all) => each > 1 && (all[index - 1] ?? 0) <= each && factorize(each).length === 1)
 */
export declare function factorize(n: number): number[];
