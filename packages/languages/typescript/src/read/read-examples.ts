import type { SpecExample } from "@jaunt/core";
import { isProse, readBareValue, readExpectation, readOutput } from "./expectations.ts";
import { readAssertion } from "./read-assertion.ts";
import { isBalanced, splitCode, type CodePiece } from "./split-code.ts";

/**
 * Reads the text of one `@example`. A statement with a comment that says what it comes to (`call // => value`, `// Returns: value`,
 * `// throws X`, `// resolves value`, `// rejects X`, also on the next line; `console.log(x); // value`), or one that asserts by itself,
 * can be checked, with the statements before it as its setup. Anything else is documentation.
 */
export function readExamples(text: string): readonly SpecExample[] {
  if (text.length > longestExample) return documentation([text]);
  return blocksOf(text).flatMap(({ isCode, text: block }) => (isCode ? readBlock(block) : documentation([block])));
}

const longestExample = 5000;
const longestValue = 100;

interface Block {
  readonly isCode: boolean;
  readonly text: string;
}

const codeFence: RegExp = /^(?:|ts|tsx|typescript|js|jsx|javascript|mjs|mts)\b/i;

/** With code fences, what is in them is code and the rest is not; without, all may be. */
function blocksOf(text: string): readonly Block[] {
  const lines = text.replace(/^<caption>.*<\/caption>\s*/, "").split("\n");
  const isFence = (line: string): boolean => /^\s*(?:```|~~~)/.test(line);
  if (!lines.some(isFence)) return [{ isCode: true, text: lines.join("\n") }];
  const blocks: { isCode: boolean; lines: string[] }[] = [{ isCode: false, lines: [] }];
  let inFence = false;
  for (const line of lines) {
    if (!isFence(line)) {
      blocks.at(-1)?.lines.push(line);
      continue;
    }
    inFence = !inFence;
    const language = line.trim().slice(3).trim();
    blocks.push({ isCode: inFence && codeFence.test(language), lines: [] });
  }
  return blocks.map(({ isCode, lines: own }) => ({ isCode, text: own.join("\n") }));
}

function readBlock(code: string): readonly SpecExample[] {
  const pieces = splitCode(code);
  const found: SpecExample[] = [];
  /** What ran before, and whether it may matter to what follows: checked calls alone are independent of each other. */
  const before: string[] = [];
  let stateful = false;
  let unchecked: CodePiece[] = [];
  const flush = (): void => {
    found.push(...documentation(unchecked.map(({ start, end }) => code.slice(start, end))));
    unchecked = [];
  };
  for (let index = 0; index < pieces.length; index += 1) {
    const piece = pieces[index];
    if (piece === undefined || piece.kind === "comment") continue;
    const read = piece.kind === "statement" ? readChecked(piece, pieces, index, code) : undefined;
    if (read === undefined) {
      unchecked.push(piece);
      if (piece.kind === "statement" && !isProse(piece.text)) {
        before.push(piece.text);
        stateful = true;
      }
      continue;
    }
    // What only prepares a checked call is part of it; what is no code stays documentation.
    unchecked = unchecked.filter((each) => !before.includes(each.text));
    flush();
    const { example, binds } = read;
    found.push(stateful ? { ...example, setup: [...before] } : example);
    if (binds) stateful = true;
    if (example.expectation?.kind !== "throws" && example.expectation?.kind !== "rejects") before.push(piece.text);
  }
  flush();
  return found;
}

function documentation(texts: readonly string[]): readonly SpecExample[] {
  const text = texts.join("\n").trim();
  return text === "" ? [] : [{ text }];
}

interface CheckedPiece {
  readonly example: SpecExample;
  /** Set when the statement declares a name that later statements may use. */
  readonly binds: boolean;
}

/** A statement with the comments behind it, up to the next statement, as an example that can be checked. */
function readChecked(
  piece: CodePiece,
  pieces: readonly CodePiece[],
  index: number,
  code: string,
): CheckedPiece | undefined {
  const asserted = readAssertion(piece.text);
  if (asserted !== undefined)
    return { example: { text: code.slice(piece.start, piece.end).trim(), ...asserted }, binds: false };
  const declared = declaration.exec(piece.text);
  const printed = printedValue(piece.text);
  const call = printed ?? declared?.[1] ?? piece.text;
  if ((!isCall(call) && !isComparison(call)) || (printed === undefined && /^console\b/.test(call))) return undefined;
  let next = pieces[index + 1];
  if (next?.kind !== "comment") return undefined;
  let value = next.text;
  let last = next;
  for (
    let at = index + 2;
    (!isBalanced(value) || announced.test(value)) && at < Math.min(pieces.length, index + longestValue);
    at += 1
  ) {
    next = pieces[at];
    if (next?.kind !== "comment") break;
    value += `\n${next.text}`;
    last = next;
  }
  const expectation =
    readExpectation(value) ??
    readOutput(value) ??
    (printed === undefined ? readBareValue(value) : isProse(value) ? undefined : prints(value));
  if (expectation === undefined) return undefined;
  const text = code.slice(piece.start, last.end).trim();
  return { example: { text, call, expectation }, binds: declared !== null };
}

/** A comment that only says that the value comes next. */
const announced: RegExp = /^(?:=+>|→|⇒|-+>|returns:?|(?:expected )?output:?|result:?)$/i;

function isComparison(text: string): boolean {
  return (
    /[\w$)\]"'`]\s*[=!]==?\s*[\w$("'`[{-]/.test(text) &&
    !isProse(text) &&
    !/^(?:const|let|var|if|while|for|return)\b/.test(text)
  );
}

const declaration: RegExp = /^(?:const|let|var)\s+[\w$]+(?:\s*:\s*[\w$.<>[\]|"', ]+?)?\s*=(?![=>])\s*(.+)$/s;

function printedValue(statement: string): string | undefined {
  const inner = /^console\.(?:log|info)\((.*)\)$/s.exec(statement)?.[1]?.trim();
  // With two values, what is printed is no value.
  return inner === undefined || !isBalanced(inner) || hasTopLevelComma(inner) ? undefined : inner;
}

function hasTopLevelComma(text: string): boolean {
  return splitCode(text.replaceAll("\n", " ")).length !== 1 || /^[^([{"'`]*,/.test(withoutBrackets(text));
}

function withoutBrackets(text: string): string {
  let outer = text.replaceAll(/"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|`[^`]*`/g, "_");
  for (let before = ""; before !== outer;) {
    before = outer;
    outer = outer.replaceAll(/\([^()[\]{}]*\)|\[[^()[\]{}]*\]|\{[^()[\]{}]*\}/g, "_");
  }
  return outer;
}

function prints(value: string): SpecExample["expectation"] {
  return { kind: "prints", value: value.trim() };
}

function isCall(text: string): boolean {
  const code = text.replace(/^await\s+/, "");
  return (
    (/[\w$)\]>]\s*[(`]/.test(code) || /^[\w$.[\]"'?!]+$/.test(code)) &&
    !/^(?:import|export|const|let|var|if|for|while|function|class|return|throw|interface|type)\b/.test(code) &&
    !isProse(code)
  );
}
