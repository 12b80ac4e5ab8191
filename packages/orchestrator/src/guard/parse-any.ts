import { parseGenerated, type ParsedFile } from "@jaunt/core/header";

/** No language is loaded, for this runs before every edit: these are the comment marks of all that Jaunt may write. */
const commentMarks: readonly string[] = ["//", "#", "--"];

/** The header at the top of a text of any language, damaged or not, with what is below; undefined where there is none. */
export function parseAny(text: string): ParsedFile | undefined {
  if (!text.includes("jaunt")) return undefined;
  return commentMarks
    .map((mark) => parseGenerated(text, mark))
    .find((parsed) => "header" in parsed || parsed.problem === "merge-conflict" || parsed.sourceModule !== undefined);
}
