import { JauntError } from "@jaunt/core";

/** How a section of a shared file begins and ends, each on a line of its own. */
export interface SectionMarks {
  readonly begin: (version: string) => string;
  readonly end: string;
  /** Matches a line that is meant for either mark, whole or damaged. */
  readonly anyMark: RegExp;
  /** Matches a line that is a mark as we write it. */
  readonly wholeMark: RegExp;
}

/** In Markdown, where a comment is not shown. */
export const markdownMarks: SectionMarks = Object.freeze({
  begin: (version: string) => `<!-- jaunt:begin v${version} -->`,
  end: "<!-- jaunt:end -->",
  anyMark: /^[ \t]*<!--[ \t]*jaunt:(?:begin|end)\b.*$/,
  wholeMark: /^<!-- jaunt:(?:begin v[^\s>]+|end) -->[ \t]*$/,
});

/** In shell scripts. */
export const shellMarks: SectionMarks = Object.freeze({
  begin: (version: string) => `# jaunt:begin v${version}`,
  end: "# jaunt:end",
  anyMark: /^[ \t]*#[ \t]*jaunt:(?:begin|end)\b.*$/,
  wholeMark: /^# jaunt:(?:begin v\S+|end)[ \t]*$/,
});

export interface Section {
  readonly version: string;
  /** Lines with `\n`, without marks. */
  readonly body: string;
}

/**
 * A text with the section put in place of the one it has, or at its end. Everything outside of the marks stays byte for byte; the section's
 * line ends are those of the text. `path` is only named in messages.
 * @throws {JauntError} `skill-marks` when the marks are damaged, doubled or out of order
 */
export function withSection(text: string, { version, body }: Section, marks: SectionMarks, path: string): string {
  const newline = text.includes("\r\n") ? "\r\n" : "\n";
  const section = [marks.begin(version), ...body.trimEnd().split("\n"), marks.end].join(newline);
  const found = findMarks(text, marks, path);
  if (found !== undefined) return text.slice(0, found.start) + section + text.slice(found.end);
  const isBlank = text.replace(/^\uFEFF/, "").trim() === "";
  const gap = isBlank ? "" : text.endsWith("\n") ? newline : newline + newline;
  return `${text}${gap}${section}${newline}`;
}

/** Offsets of the section that a text has, marks included, the last line end not. */
function findMarks(
  text: string,
  marks: SectionMarks,
  path: string,
): { readonly start: number; readonly end: number } | undefined {
  const found: { readonly line: number; readonly offset: number; readonly text: string }[] = [];
  let offset = text.startsWith("\uFEFF") ? 1 : 0;
  let number = 1;
  for (const line of text.slice(offset).split("\n")) {
    const content = line.replace(/\r$/, "");
    if (marks.anyMark.test(content)) found.push({ line: number, offset, text: content });
    offset += line.length + 1;
    number += 1;
  }
  if (found.length === 0) return undefined;
  const damaged = found.find((mark) => !marks.wholeMark.test(mark.text));
  if (damaged !== undefined) throw marksError(path, `the mark in line ${String(damaged.line)} is damaged`, marks);
  const [begin, end] = found;
  if (found.length > 2) {
    const lines = found.map(({ line }) => String(line)).join(", ");
    throw marksError(path, `there is more than one section (marks in lines ${lines})`, marks);
  }
  if (begin === undefined || end === undefined || begin.text.includes("jaunt:end") || !end.text.includes("jaunt:end"))
    throw marksError(path, `the mark in line ${String(begin?.line ?? 1)} has no counterpart after it`, marks);
  return { start: begin.offset, end: end.offset + end.text.trimEnd().length };
}

function marksError(path: string, what: string, { begin, end }: SectionMarks): JauntError {
  return new JauntError(`${path}: Jaunt's section cannot be told from your own lines: ${what}.`, {
    code: "skill-marks",
    exitCode: 2,
    hint: `Nothing was written. Leave one pair of lines, \`${begin("0.0.0")}\` and \`${end}\`, or remove both and what stands between; then run the command again.`,
  });
}
