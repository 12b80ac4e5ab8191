import { expect, test } from "vitest";
import { parseBytes, parseDuration } from "./quantities.ts";

test.each([
  ["12h", 43_200_000],
  ["30d", 2_592_000_000],
  ["1.5w", 907_200_000],
  ["0d", 0],
])("%s is %i milliseconds", (text, expected) => {
  expect(parseDuration(text)).toBe(expected);
});

test.each([
  ["0B", 0],
  ["900kb", 900_000],
  ["500MB", 500_000_000],
  ["2 GB", 2_000_000_000],
])("%s is %i bytes", (text, expected) => {
  expect(parseBytes(text)).toBe(expected);
});

test.each(["", "30", "d", "-3d", "3 months", "1e3d", "3constructor"])("%j is refused", (text) => {
  expect(() => parseDuration(text)).toThrow("12h, 30d or 8w");
  expect(() => parseBytes(text)).toThrow("500MB");
});
