import { expect, test } from "vitest";
import { parse } from "smol-toml";
import { locateKeys } from "./locate-keys.ts";

const text = `# [not.a] table = 1
title = "a # b = \\" c" # top = 1
"quoted key" = '''
[inside] x = 1
''''
\t'single.dotted'.deep = """
[no] y = 2 \\""" """

[server . "a.b"] # comment
port=1
  tags = [ "x", # ]
    [ 1, { z = 2, "w" = [3] } ],
  ]
when = 1979-05-27T07:32:00Z

[[products]]
name = "one"
[[products]]
name = "two"
[products.size]
width = 1
[fruit]
apple.color = 1
apple.taste.sweet = true
"\\u00e9 t" = { a.b = 1, c = { d = 2 } }
last = 0`;

const places: readonly [readonly (string | number)[], number, number][] = [
  [["title"], 2, 1],
  [["quoted key"], 3, 1],
  [["single.dotted"], 6, 2],
  [["single.dotted", "deep"], 6, 18],
  [["server"], 9, 2],
  [["server", "a.b"], 9, 11],
  [["server", "a.b", "port"], 10, 1],
  [["server", "a.b", "tags"], 11, 3],
  [["server", "a.b", "tags", 0], 11, 12],
  [["server", "a.b", "tags", 1], 12, 5],
  [["server", "a.b", "tags", 1, 1, "z"], 12, 12],
  [["server", "a.b", "tags", 1, 1, "w", 0], 12, 26],
  [["server", "a.b", "when"], 14, 1],
  [["products"], 16, 3],
  [["products", 0, "name"], 17, 1],
  [["products", 1, "name"], 19, 1],
  [["products", 1, "size", "width"], 21, 1],
  [["fruit", "apple"], 23, 1],
  [["fruit", "apple", "taste", "sweet"], 24, 13],
  [["fruit", "\u00e9 t", "a", "b"], 25, 18],
  [["fruit", "\u00e9 t", "c", "d"], 25, 31],
  [["fruit", "last"], 26, 1],
];

test.each(places)("%j stands at %i:%i", (path, line, column) => {
  expect(locateKeys(text).find(path)).toEqual({ line, column });
});

test("what is not written is placed at the nearest enclosing key", () => {
  expect(locateKeys(text).find(["server", "a.b", "host"])).toEqual({ line: 9, column: 11 });
  expect(locateKeys(text).find(["absent"])).toEqual({ line: 1, column: 1 });
});

test("every key the parser finds is found with Windows line ends as well", () => {
  const windows = text.replaceAll("\n", "\r\n");
  const keys = locateKeys(windows);
  for (const [path, line, column] of places) expect(keys.find(path)).toEqual({ line, column });
  for (const key of Object.keys(parse(windows)).slice(1)) expect(keys.find([key])).not.toEqual({ line: 1, column: 1 });
});

test("ten thousand lines are scanned at once", () => {
  const long = Array.from({ length: 10_000 }, (_, index) => `key_${index} = "${index}"`).join("\n");
  const start = performance.now();
  expect(locateKeys(long).find(["key_9999"])).toEqual({ line: 10_000, column: 1 });
  expect(performance.now() - start).toBeLessThan(1_000);
});
