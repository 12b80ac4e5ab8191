/**
 * The strings joined to one.
 * @example concatenate([]) // => ""
 * @example concatenate(["a", "b", "c"]) // => "abc"
 * @property for all a: string[], b: string[] :: concatenate([...a, ...b]) === concatenate(a) + concatenate(b)
 * @property for all text: string :: concatenate([text]) === text
 */
export declare function concatenate(strings: string[]): string;
