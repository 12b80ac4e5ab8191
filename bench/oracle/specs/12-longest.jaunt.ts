/**
 * The longest of the strings, the first of several; undefined for none.
 * @example longest([]) // => undefined
 * @example longest(["a", "b", "c"]) // => "a"
 * @example longest(["a", "bb", "ccc"]) // => "ccc"
 * @example longest(["dd", "e", "ff"]) // => "dd"
 * @property for all strings: string[] where strings.length > 0 :: strings.indexOf(longest(strings) ?? "?") === strings.findIndex((each) => strings.every((other) => other.length <= each.length))
 */
export declare function longest(strings: string[]): string | undefined;
