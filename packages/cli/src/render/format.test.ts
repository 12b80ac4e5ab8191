import { expect, test } from "vitest";
import { formatCount, formatDollars, formatNumber, formatSeconds, formatUsage } from "./format.ts";
import { padText, textWidth, truncateText } from "./width.ts";
import { renderTable } from "./table.ts";

test.each([
  [0, "0"],
  [999, "999"],
  [1247, "1,247"],
  [1234567, "1,234,567"],
])("%i is written %s", (value, text) => {
  expect(formatNumber(value)).toBe(text);
});

test.each([
  [0, "$0"],
  [1.2, "$1.20"],
  [0.0449, "$0.04"],
  [0.00312, "$0.0031"],
  [0.0000005, "$0.00000050"],
])("%d dollars are written %s", (value, text) => {
  expect(formatDollars(value)).toBe(text);
});

test("counts agree with their noun", () => {
  expect([formatCount(1, "module"), formatCount(0, "module"), formatCount(2, "reply", "replies")]).toEqual([
    "1 module",
    "0 modules",
    "2 replies",
  ]);
});

test.each([
  [0.04, "0.0 s"],
  [2.14, "2.1 s"],
  [59.94, "59.9 s"],
  [59.96, "1 m 00 s"],
  [125.4, "2 m 05 s"],
])("%d seconds are written %s", (seconds, text) => {
  expect(formatSeconds(seconds)).toBe(text);
});

test("the input of a call counts what came from the provider's cache", () => {
  const usage = { input: 347, cacheRead: 900, cacheWrite: 0, output: 1, reasoning: 0 };
  expect(formatUsage(usage)).toBe("1,247 input tokens (900 cached), 1 output token");
  expect(formatUsage({ ...usage, cacheRead: 0, estimated: true })).toBe("about 347 input tokens, 1 output token");
});

test("width counts columns, not code units", () => {
  expect(["abc", "日本", "e\u0301", "🚀", "…"].map(textWidth)).toEqual([3, 4, 1, 2, 1]);
  expect(truncateText("src/日本語/mail", 10)).toBe("src/日本…");
  expect(truncateText("short", 10)).toBe("short");
  expect(padText("日本", 6)).toBe("日本  ");
});

test("a table aligns its columns and leaves no spaces at line ends", () => {
  const rows = [
    [{ text: "src/日本" }, { text: "stale", paint: (text: string) => `<${text}>` }, { text: "why" }],
    [{ text: "a" }, { text: "current" }, { text: "" }],
  ];
  expect(renderTable(rows)).toBe("src/日本  <stale  >  why\na         current");
});

test("a table cuts only its last column, and only at the edge of the screen", () => {
  const rows = [
    [{ text: "src/a" }, { text: "a reason that is longer than the screen is wide" }],
    [{ text: "src/b" }, { text: "short" }],
  ];
  expect(renderTable(rows, 40).split("\n")).toEqual(["src/a  a reason that is longer than the…", "src/b  short"]);
  expect(renderTable(rows, 10).split("\n")[0]).toBe("src/a  a reason that is longer than …");
});
