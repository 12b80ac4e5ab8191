import type { Case } from "../nouns/case.ts";

/** A case's name in a generated test file: its text on one line. */
export function caseName({ text }: Pick<Case, "text">): string {
  return text.replaceAll(/\s*\n\s*/g, " ").trim();
}
