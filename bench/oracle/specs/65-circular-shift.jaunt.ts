/**
 * The digits of `x` shifted right by `shift`, those that fall off coming in on the left; reversed when `shift` is
 * more than there are digits. `shift` is at least 1.
 * @example circular_shift(12, 1) // => "21"
 * @example circular_shift(12, 2) // => "12"
 * @example circular_shift(12, 3) // => "21"
 * @example circular_shift(100, 2) // => "001"
 * @example circular_shift(1234, 1) // => "4123"
 * @property for all x: int<100, 1000000>, shift: 1 | 2 | 3 :: circular_shift(x, shift) === String(x).slice(String(x).length - shift) + String(x).slice(0, String(x).length - shift)
 * @property for all x: nat :: circular_shift(x, 11) === [...String(x)].reverse().join("")
 */
export declare function circular_shift(x: number, shift: number): string;
