import { array, assert, constantFrom, nat, property } from "fast-check";
import { expect, test } from "vitest";
import { createEventParser } from "./event-parser.ts";

test.each([
  ["ordinary events", "data: one\n\ndata: two\n\n", ["one", "two"]],
  ["no space after the colon", "data:one\n\ndata:two\n\n", ["one", "two"]],
  ["only the first space belongs to the syntax", "data:  one\n\n", [" one"]],
  ["carriage returns", "data: one\r\n\r\ndata: two\r\n\r\n", ["one", "two"]],
  ["carriage returns alone", "data: one\r\rdata: two\r\r", ["one", "two"]],
  ["comments and other fields", ": keep-alive\n\nevent: message\nid: 7\nretry: 10\ndata: one\n\n: bye\n", ["one"]],
  ["data in several lines", "data: {\ndata: }\n\n", ["{\n}"]],
  ["a last event without its empty line", "data: one\n\ndata: two", ["one", "two"]],
  ["a field that only begins like data", "database: one\n\n", []],
  ["nothing", "", []],
])("%s", (_name, text, expected) => {
  expect(read([text])).toEqual(expected);
});

test("pieces may be cut anywhere", () => {
  const text = array(constantFrom("data: ", "data:", "x", "é", "\n", "\r\n", "\r", "\n\n", ": note\n", "{}"));
  assert(
    property(text, array(nat(40)), (parts, cuts) => {
      const whole = parts.join("");
      expect(read(cutAt(whole, cuts))).toEqual(read([whole]));
    }),
  );
});

function read(pieces: readonly string[]): readonly string[] {
  const parser = createEventParser();
  return [...pieces.flatMap((piece) => parser.push(piece)), ...parser.end()];
}

function cutAt(text: string, cuts: readonly number[]): readonly string[] {
  const places = [0, ...cuts.filter((cut) => cut < text.length).toSorted((one, other) => one - other), text.length];
  return places.slice(1).map((place, index) => text.slice(places[index], place));
}
