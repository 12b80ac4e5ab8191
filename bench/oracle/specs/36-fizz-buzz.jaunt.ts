/**
 * How often the digit 7 appears in the numbers from 0 to below `n` that 11 or 13 divides.
 * @example fizz_buzz(50) // => 0
 * @example fizz_buzz(78) // => 2
 * @example fizz_buzz(79) // => 3
 * @example fizz_buzz(200) // => 6
 * @property for all n: int<0, 3000> :: fizz_buzz(n + 1) - fizz_buzz(n) === (n % 11 === 0 || n % 13 === 0 ? [...String(n)].filter((digit) => digit === "7").length : 0)
 */
export declare function fizz_buzz(n: number): number;
