/**
 * A letter for each grade point average: 4.0 is A+, above 3.7 A, above 3.3 A-, above 3.0 B+, above 2.7 B, above
 * 2.3 B-, above 2.0 C+, above 1.7 C, above 1.3 C-, above 1.0 D+, above 0.7 D, above 0.0 D-, and 0.0 E.
 * @example numerical_letter_grade([4, 3, 1.7, 2, 3.5]) // => ["A+", "B", "C-", "C", "A-"]
 * @example numerical_letter_grade([1.2]) // => ["D+"]
 * @example numerical_letter_grade([0.5, 0]) // => ["D-", "E"]
 * @example numerical_letter_grade([1, 0.3, 1.5, 2.8, 3.3]) // => ["D", "D-", "C-", "B", "B+"]
 * @example numerical_letter_grade([3.7, 2.7, 2.3, 1.3, 0.7, 3.9, 3.1, 2.5, 2.1, 1.9]) // => ["A-", "B-", "C+", "D+", "D-", "A", "B+", "B-", "C+", "C"]
 * @property for all tenths: int<0, 40>[] :: numerical_letter_grade(tenths.map((each) => each / 10)).length === tenths.length
 * @property for all a: int<0, 40>, b: int<0, 40> where a < b :: "A+ A A- B+ B B- C+ C C- D+ D D- E".split(" ").indexOf(numerical_letter_grade([a / 10])[0] ?? "") >= "A+ A A- B+ B B- C+ C C- D+ D D- E".split(" ").indexOf(numerical_letter_grade([b / 10])[0] ?? "")
 */
export declare function numerical_letter_grade(grades: number[]): string[];
