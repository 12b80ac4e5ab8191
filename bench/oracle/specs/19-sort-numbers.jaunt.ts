/**
 * Sort number words from "zero" to "nine", separated by spaces, by what they mean.
 * @example sort_numbers("three one five") // => "one three five"
 * @example sort_numbers("") // => ""
 * @example sort_numbers("nine zero nine eight") // => "zero eight nine nine"
 * @example sort_numbers("seven six four two") // => "two four six seven"
 * @property for all words: ("zero" | "one" | "two" | "three" | "four" | "five" | "six" | "seven" | "eight" | "nine")[] :: sort_numbers([...words].reverse().join(" ")) === sort_numbers(words.join(" "))
 * @property for all n: int<0, 9> :: sort_numbers("nine eight seven six five four three two one zero").split(" ")[n] === ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"][n]
 */
export declare function sort_numbers(numbers: string): string;
