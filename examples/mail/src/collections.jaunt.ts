/**
 * Group items by key. Groups come in the order of their first item, items keep their order.
 * @example [...groupBy(["apple", "bean", "avocado"], (word) => word[0])] // => [["a", ["apple", "avocado"]], ["b", ["bean"]]]
 * @example groupBy([], String).size // => 0
 * @property for all words: string[] :: [...groupBy(words, (word) => word.length).values()].flat().length === words.length
 * @property for all words: string[] :: [...groupBy(words, (word) => word).keys()].join() === [...new Set(words)].join()
 */
export declare function groupBy<Item, Key>(items: Iterable<Item>, keyOf: (item: Item) => Key): Map<Key, Item[]>;

/**
 * The items in ascending order of their key, in a new array; numbers by size, strings by code units. Equal
 * keys keep their order. The key of each item is taken once.
 * @example sortBy([3, 1, 2], (value) => value) // => [1, 2, 3]
 * @example sortBy(["b", "A", "a"], (value) => value.toLowerCase()) // => ["A", "a", "b"]
 * @property for all values: int[] :: sortBy(values, (value) => value).every((value, index, all) => index === 0 || (all[index - 1] ?? value) <= value)
 * @property for all pairs: [int<0, 3>, int][] :: sortBy(pairs, ([key]) => key).filter(([key]) => key === 2).join() === pairs.filter(([key]) => key === 2).join()
 */
export declare function sortBy<Item, Key extends number | string>(items: Iterable<Item>, keyOf: (item: Item) => Key): Item[];
