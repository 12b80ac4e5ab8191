/**
 * Whether an integer is the cube of an integer.
 * @example iscube(1) // => true
 * @example iscube(2) // => false
 * @example iscube(-1) // => true
 * @example iscube(64) // => true
 * @example iscube(0) // => true
 * @example iscube(180) // => false
 * @property for all n: int<-1000, 1000> :: iscube(n ** 3)
 * @property for all n: int<2, 1000> :: !iscube(n ** 3 + 1) && !iscube(-(n ** 3) - 1)
 */
export declare function iscube(a: number): boolean;
