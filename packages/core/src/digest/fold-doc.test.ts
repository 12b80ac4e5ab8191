import { describe, expect, test } from "vitest";
import { foldDoc } from "./fold-doc.ts";

describe("wrapping a paragraph elsewhere", () => {
  test.each([
    ["one two\nthree", "one\ntwo three"],
    ["one  two \n three", "one two three"],
    ["a\r\nb", "a b"],
    ["First.\n\n- an item that\n  goes on\n- another", "First.\n\n- an item that goes on\n- another"],
    ["Text.\n@throws {RangeError} when it is\n  too large", "Text.\n@throws {RangeError} when it is too large"],
  ])("changes nothing: %j is %j", (left, right) => {
    expect(foldDoc(left)).toBe(foldDoc(right));
  });
});

describe("what a line end means", () => {
  test.each([
    ["two paragraphs", "one\n\ntwo", "one\ntwo"],
    ["an item of a list", "these:\n- one", "these: - one"],
    ["a row of a table", "| a |\n| b |", "| a | | b |"],
    ["a heading", "# One\ntwo", "# One two"],
    ["a quote", "says\n> so", "says > so"],
    ["a tag", "one\n@prompt two", "one @prompt two"],
    ["a fence", "```\na\nb\n```", "```\na b\n```"],
    ["blanks in a fence", "```\na  b\n```", "```\na b\n```"],
    ["a line of an example", "@example f(1) // => 2\nf(2) // => 3", "@example f(1) // => 2 f(2) // => 3"],
    ["blanks in an example", '@example f("a  b") // => 1', '@example f("a b") // => 1'],
  ])("counts: %s", (_name, left, right) => {
    expect(foldDoc(left)).not.toBe(foldDoc(right));
  });

  test("after an example, the next tag folds again", () => {
    expect(foldDoc("@example f() // => 1\n@throws when\nit fails")).toBe("@example f() // => 1\n@throws when it fails");
  });

  test("a longer fence holds a shorter one", () => {
    const doc = "````\n```\na\nb\n```\n````\nend\nof it";
    expect(foldDoc(doc)).toBe("````\n```\na\nb\n```\n````\nend of it");
  });
});
