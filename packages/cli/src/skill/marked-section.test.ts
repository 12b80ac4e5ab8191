import { JauntError } from "@jaunt/core";
import { describe, expect, test } from "vitest";
import { markdownMarks, shellMarks, withSection } from "./marked-section.ts";

const put = (text: string, version: string, body: string = "First.\nSecond.\n"): string =>
  withSection(text, { version, body }, markdownMarks, "CLAUDE.md");

/** What people wrote, around the place where a section may stand. */
const files: readonly [string, string, string][] = [
  ["nothing", "", ""],
  ["lines above", "# Mine\n\nKeep this.\n", ""],
  ["lines below", "", "\n## Also mine\n"],
  ["lines on both sides", "# Mine\n", "\nBelow.\n"],
  ["Windows line ends", "# Mine\r\nKeep.\r\n", "\r\nBelow.\r\n"],
  ["a byte order mark", "\uFEFF# Mine\n", "\nBelow\n"],
  ["no newline at the end", "# Mine\n", "\nlast line"],
  ["trailing blanks and tabs", "# Mine  \n\t\n\n\n", "\n\n  \n"],
  ["the marks named within a line", "Say `<!-- jaunt:begin v1 -->` to\n", "\nor <!-- jaunt:end --> here\n"],
];

describe("a section in a file that people edit", () => {
  test.each(files)("with %s: ten exports leave all other bytes as they were", (_name, above, below) => {
    const newline = (above + below).includes("\r\n") ? "\r\n" : "\n";
    const first = [`<!-- jaunt:begin v0.0.9 -->`, "Old.", "<!-- jaunt:end -->"].join(newline);
    let text = above + first + below;
    for (let round = 0; round < 10; round += 1) text = put(text, `1.0.${String(round)}`, `Round ${String(round)}.\n`);
    const last = [`<!-- jaunt:begin v1.0.9 -->`, "Round 9.", "<!-- jaunt:end -->"].join(newline);
    expect(text).toBe(above + last + below);
  });

  test.each(files)("with %s: a first export adds at the end, and the second one nothing", (_name, above, below) => {
    const before = above + below;
    const after = put(before, "1.0.0");
    expect(after.startsWith(before)).toBe(true);
    expect(put(after, "1.0.0")).toBe(after);
    if (before.includes("\r\n")) expect(after.replaceAll("\r\n", "")).not.toContain("\n");
  });

  const good = "<!-- jaunt:begin v1.0.0 -->\nx\n<!-- jaunt:end -->\n";
  test.each([
    ["no end", "<!-- jaunt:begin v1.0.0 -->\nx\n", "line 1 has no counterpart"],
    ["no beginning", "a\n<!-- jaunt:end -->\n", "line 2 has no counterpart"],
    ["the wrong order", "<!-- jaunt:end -->\n<!-- jaunt:begin v1.0.0 -->\n", "line 1 has no counterpart"],
    ["two beginnings", "<!-- jaunt:begin v1.0.0 -->\n<!-- jaunt:begin v1.0.0 -->\n", "line 1 has no counterpart"],
    ["two sections", `${good}between, mine\n${good}`, "lines 1, 3, 5, 7"],
    ["a beginning inside", good.replace("x", "<!-- jaunt:begin v1.0.0 -->"), "lines 1, 2, 3"],
    ["a damaged beginning", good.replace(" -->", ""), "line 1 is damaged"],
    ["a mark without its version", good.replace(" v1.0.0", ""), "line 1 is damaged"],
    ["an indented mark", good.replace("<!-- jaunt:end", "  <!-- jaunt:end"), "line 3 is damaged"],
    ["a mark with a line of yours behind it", good.replace("end -->", "end --> mine"), "line 3 is damaged"],
  ])("is refused with %s, saying where and what to do", (_name, text, where) => {
    const refusal = catchError(() => put(text, "2.0.0"));
    expect(refusal).toMatchObject({ code: "skill-marks", exitCode: 2 });
    expect(refusal.message).toContain("CLAUDE.md");
    expect(refusal.message).toContain(where);
    expect(refusal.hint).toContain("Nothing was written");
  });
});

test("a script has marks of its own", () => {
  const hook = withSection("#!/bin/sh\nnpm test\n", { version: "1.0.0", body: "run\n" }, shellMarks, "pre-commit");
  expect(hook).toBe("#!/bin/sh\nnpm test\n\n# jaunt:begin v1.0.0\nrun\n# jaunt:end\n");
});

function catchError(run: () => unknown): JauntError {
  try {
    run();
  } catch (error) {
    if (JauntError.isInstance(error)) return error;
    throw error;
  }
  throw new Error("Nothing was refused.");
}
