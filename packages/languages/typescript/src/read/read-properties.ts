import type { PropertyVariable, SpecProperty } from "@jaunt/core";

/**
 * Reads the text of one `@property`: `for all x: T, y: U where condition :: invariant`, over one or several lines; "for all" and the
 * condition may be absent. What is not of this form is documentation.
 */
export function readProperty(written: string): SpecProperty {
  const text = textOf(written);
  const parsed = parseProperty(text);
  return typeof parsed === "string" ? { text } : { text, ...parsed };
}

/** Why the text of a property is documentation only, as half a sentence; undefined when it is of the form that is read. */
export function explainProperty(text: string): string | undefined {
  const parsed = parseProperty(text);
  return typeof parsed === "string" ? parsed : undefined;
}

interface ParsedProperty {
  readonly variables: readonly PropertyVariable[];
  readonly given?: string;
  readonly invariant: string;
}

/** A blank line ends a property; fences around it are no part of it. */
function textOf(written: string): string {
  const lines = written.split("\n").filter((line) => !/^\s*(?:```|~~~)/.test(line));
  return (
    lines
      .join("\n")
      .trim()
      .split(/\n\s*\n/)[0] ?? ""
  ).trim();
}

function parseProperty(text: string): ParsedProperty | string {
  const [head, ...rest] = cut(text, "::", "([{");
  const invariant = rest.join("::").trim().replace(/\s*;$/, "");
  if (head === undefined || rest.length === 0) return 'it has no "::" between its variables and what holds for them';
  if (invariant === "") return 'nothing stands behind its "::"';
  const [quantified = "", ...conditions] = cut(head, " where ", "([{");
  const given = conditions.join(" where ").trim();
  if (conditions.length > 0 && given === "") return 'nothing stands behind its "where"';
  const variables = readVariables(quantified.trim().replace(/^(?:for\s+all\b|forall\b|∀)\s*/iu, ""));
  if (typeof variables === "string") return variables;
  return { variables, ...(given === "" ? {} : { given }), invariant };
}

const variablePattern: RegExp = /^([\p{ID_Start}$_][\p{ID_Continue}$]*)\s*(?::\s*([^]+))?$/u;

/** `a, b: int` gives both the same type. */
function readVariables(text: string): readonly PropertyVariable[] | string {
  if (text === "") return "it names no variable";
  const variables: PropertyVariable[] = [];
  let waiting: string[] = [];
  for (const part of cut(text, ",", "([{<")) {
    const [, name, type] = variablePattern.exec(part.trim()) ?? [];
    if (name === undefined) return `${JSON.stringify(part.trim())} is no variable with a type`;
    if (waiting.includes(name) || variables.some((each) => each.name === name)) return `it names ${name} twice`;
    waiting.push(name);
    if (type === undefined) continue;
    variables.push(...waiting.map((each) => ({ name: each, type: type.trim() })));
    waiting = [];
  }
  return waiting.length === 0 ? variables : `${waiting.join(", ")} has no type`;
}

const closers: Readonly<Record<string, string>> = { "(": ")", "[": "]", "{": "}", "<": ">" };

/** Cuts a text at a separator outside of strings and of the given kinds of brackets; in one piece when they do not match. */
function cut(text: string, separator: string, openers: string): readonly string[] {
  const pieces: string[] = [];
  const open: string[] = [];
  let start = 0;
  // A blank in the separator stands for any one blank.
  const spaced = text.replaceAll(/\s/g, " ");
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at] ?? "";
    if (open.length === 0 && spaced.startsWith(separator, at)) {
      pieces.push(text.slice(start, at));
      start = at + separator.length;
      at = start - 1;
    } else if (/["'`]/.test(character)) {
      const end = quotedEnd(text, at);
      if (end === undefined) return [text];
      at = end;
    } else if (openers.includes(character)) open.push(closers[character] ?? "");
    else if (character === open.at(-1) && text[at - 1] !== "=") open.pop();
  }
  return open.length === 0 ? [...pieces, text.slice(start)] : [text];
}

function quotedEnd(text: string, start: number): number | undefined {
  for (let at = start + 1; at < text.length; at += text[at] === "\\" ? 2 : 1) if (text[at] === text[start]) return at;
  return undefined;
}
