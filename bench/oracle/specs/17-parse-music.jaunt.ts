/**
 * How many beats each note lasts: "o" 4, "o|" 2, ".|" 1; notes are separated by spaces.
 * @example parse_music("o o| .| o| o| .| .| .| .| o o") // => [4, 2, 1, 2, 2, 1, 1, 1, 1, 4, 4]
 * @example parse_music("") // => []
 * @example parse_music("o| .|") // => [2, 1]
 * @property for all notes: ("o" | "o|" | ".|")[] :: parse_music(notes.join(" ")).every((each, index) => each === { o: 4, "o|": 2, ".|": 1 }[notes[index] ?? "o"]) && parse_music(notes.join(" ")).length === notes.length
 */
export declare function parse_music(music_string: string): number[];
