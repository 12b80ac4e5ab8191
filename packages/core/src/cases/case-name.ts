import type { Case } from "../nouns/case.ts";

/** A case's name in a generated test file: its text on one line. */
export function caseName({ text }: Pick<Case, "text">): string {
  const lines = text.split("\n").map((line) => line.trim());
  return lines
    .map((line, index) => (lines[index - 1]?.includes("//") === true ? line.replace(/^\/\/\s*/, "") : line))
    .filter((line) => line !== "")
    .join(" ");
}
