/**
 * 2 to the power of `n`, modulo `p`, without overflow; `p` is at least 2.
 * @example modp(3, 5) // => 3
 * @example modp(1101, 101) // => 2
 * @example modp(0, 101) // => 1
 * @example modp(3, 11) // => 8
 * @property for all n: int<0, 500>, p: int<2, 1000000> :: modp(n + 1, p) === (2 * modp(n, p)) % p
 */
export declare function modp(n: number, p: number): number;
