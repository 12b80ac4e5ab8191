import type { SpecExample, SpecProperty } from "@jaunt/core";
import { readExamples } from "./read-examples.ts";
import { readProperty } from "./read-properties.ts";

/** What the doc comment of a declaration says. */
export interface SpecDoc {
  /** The comment without its furniture: `\r\n` folded, no blank lines at either end, tags kept. */
  readonly text: string;
  /** Identifier chains of `{@link}`, `{@linkcode}` and `{@linkplain}`; links to URLs are none. */
  readonly links: readonly (readonly string[])[];
  /** Identifier chains in backticks and in the braces of `@throws`. */
  readonly mentions: readonly (readonly string[])[];
  /** Texts of `@prompt`, in order. */
  readonly prompts: readonly string[];
  readonly examples: readonly SpecExample[];
  readonly properties: readonly SpecProperty[];
}

/** Reads a doc comment, given with its `/**` and end marker, by the rules of TSDoc. */
export function readDoc(comment: string): SpecDoc {
  const text = cleanComment(comment);
  const blocks = splitBlocks(text);
  const prose = blocks
    .filter((block) => block.tag !== "example" && block.tag !== "property")
    .map((block) => block.text);
  return {
    text,
    links: prose.flatMap(linksIn),
    mentions: prose.flatMap(mentionsIn),
    prompts: textsOf(blocks, "prompt"),
    examples: blocks.filter((block) => block.tag === "example").flatMap((block) => readExamples(block.text)),
    properties: textsOf(blocks, "property").map(readProperty),
  };
}

/** Text of a doc comment without `/**`, stars and end marker. */
function cleanComment(comment: string): string {
  const inner = comment
    .replaceAll(/\r\n?/g, "\n")
    .replace(/^\/\*\*/, "")
    .replace(/\*\/$/, "");
  const lines = inner
    .split("\n")
    .map((line, index) => (index === 0 ? line.trim() : line.replace(/^\s*\* ?/, "").trimEnd()));
  return lines.join("\n").replaceAll(/^\n+|\s+$/g, "");
}

interface Block {
  /** Name of the tag; empty for the text before the first. */
  readonly tag: string;
  /** What follows the tag. */
  readonly text: string;
}

/** A tag counts at the start of a line outside code fences; in a comment of one line, anywhere after a blank. */
function splitBlocks(text: string): readonly Block[] {
  const blocks: { tag: string; lines: string[] }[] = [{ tag: "", lines: [] }];
  let fenced = false;
  for (const line of splitOneLiner(text)) {
    const match = fenced ? null : /^\s*@(\w+)[ \t]*(.*)$/.exec(line);
    if (/^\s*(?:```|~~~)/.test(line)) fenced = !fenced;
    if (match === null) blocks.at(-1)?.lines.push(line);
    else blocks.push({ tag: match[1] ?? "", lines: [match[2] ?? ""] });
  }
  return blocks.map(({ tag, lines }) => ({ tag, text: lines.join("\n").trim() }));
}

function splitOneLiner(text: string): readonly string[] {
  if (text.includes("\n")) return text.split("\n");
  return text.split(/\s+(?=@(?:example|throws|prompt|param|returns|remarks|see|deprecated|property)\b)/);
}

function textsOf(blocks: readonly Block[], tag: string): readonly string[] {
  return blocks.filter((block) => block.tag === tag && block.text !== "").map((block) => block.text);
}

const chain = String.raw`[\p{ID_Start}$_][\p{ID_Continue}$]*(?:[.#][\p{ID_Start}$_][\p{ID_Continue}$]*)*`;

const linkPattern: RegExp = new RegExp(
  String.raw`\{@link(?:code|plain)?\s+(${chain})(?:\(\))?\s*(?:[|\s][^}]*)?\}`,
  "gu",
);
const tickedPattern: RegExp = new RegExp(`\`(?:new\\s+)?(${chain})(?:\\([^\`]*\\))?\``, "gu");
const thrownPattern: RegExp = new RegExp(String.raw`^\{(${chain})\}`, "gu");

function linksIn(text: string): readonly (readonly string[])[] {
  return text.includes("{@link") ? chainsIn(text, linkPattern) : [];
}

function mentionsIn(text: string): readonly (readonly string[])[] {
  return [
    ...(text.includes("`") ? chainsIn(text, tickedPattern) : []),
    ...(text.startsWith("{") ? chainsIn(text, thrownPattern) : []),
  ];
}

function chainsIn(text: string, pattern: RegExp): readonly (readonly string[])[] {
  return [...text.matchAll(pattern)].map((match) => splitChain(match[1] ?? ""));
}

function splitChain(text: string): readonly string[] {
  return text.split(/[.#]/);
}
