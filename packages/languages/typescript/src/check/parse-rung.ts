import { parseSource, type ParsedSource, type SyntaxProblem } from "../syntax/parse-source.ts";
import { walk } from "../syntax/walk.ts";
import type { Finding } from "./reply.ts";

/** What keeps a reply from being a module: nothing there, cut off, only a function's body, or a syntax error. */
export function findParseProblems(parsed: ParsedSource, specNames: readonly string[]): readonly Finding[] {
  const start = firstCharacter(parsed.text);
  if (isEmpty(parsed)) {
    return [
      {
        code: "parse/empty",
        message: "The reply holds no code.",
        span: { start: 0, end: 0 },
        hint: `Write ${specNames.join(", ")} in one code block.`,
      },
    ];
  }
  if (isBodyOnly(parsed, specNames)) {
    return [
      {
        code: "parse/body-only",
        message: "The reply holds only the inside of a function, without its declaration.",
        span: { start, end: endOfLine(parsed.text, start) },
        hint: `Give the whole declaration with its signature: export … ${specNames.join(", export … ")}.`,
      },
    ];
  }
  const fence = fenceIn(parsed);
  if (fence !== undefined) return [fence];
  return parsed.problems.map((problem) => findingOf(problem, parsed.text));
}

function findingOf({ message, start, end, hint }: SyntaxProblem, text: string): Finding {
  if (isCutOff(message, start, text)) {
    const at = text.trimEnd().length;
    const from = Math.max(text.lastIndexOf("\n", at - 1) + 1, 0);
    return {
      code: "parse/truncated",
      message: `The code ends before it is complete: ${message}.`,
      span: { start: from, end: at },
      hint: "Write the whole module again, to its end.",
    };
  }
  return {
    code: "parse/syntax",
    message: withStop(message),
    span: { start, end },
    ...(hint === undefined ? {} : { hint }),
  };
}

/** No code has three backticks in a row, so a parser may take fences for templates and see nothing wrong. */
function fenceIn({ text, comments }: ParsedSource): Finding | undefined {
  const fences = [...text.matchAll(/^[ \t]*```.*$/gm)].map((match) => ({
    start: match.index,
    end: match.index + match[0].length,
  }));
  const span = fences.find(({ start }) => !comments.some((comment) => comment.start <= start && start < comment.end));
  if (span === undefined) return undefined;
  const hint = "Put the code of all specs into one code block, without text or fences inside.";
  return { code: "parse/syntax", message: "A code fence stands inside the code.", span, hint };
}

function isEmpty({ text, comments, body, problems }: ParsedSource): boolean {
  if (body.length > 0 || problems.length > 0) return false;
  let rest = "";
  let at = 0;
  for (const comment of comments) {
    rest += text.slice(at, comment.start);
    at = comment.end;
  }
  return (rest + text.slice(at)).trim() === "";
}

/** Small models often go on inside the function that they were shown, closing brace included. */
function isBodyOnly({ path, text, body, problems }: ParsedSource, specNames: readonly string[]): boolean {
  if (problems.length === 0 || body.some((statement) => statement.type.startsWith("Export"))) return false;
  if (specNames.some((name) => new RegExp(`\\b(?:function\\*?|class|const|let|var)\\s+${escape(name)}\\b`).test(text)))
    return false;
  return [`async function* body() {\n${text}\n}`, `async function* body() {\n${text}`].some((wrapped) => {
    const attempt = parseSource(path, wrapped);
    if (attempt.problems.length > 0 || attempt.body.length !== 1) return false;
    for (const { node } of walk(attempt.body)) if (/^(?:Return|Throw|Yield)/.test(node.type)) return true;
    return false;
  });
}

function isCutOff(message: string, start: number, text: string): boolean {
  if (/`EOF`|end of file/i.test(message) || start >= text.trimEnd().length) return true;
  if (!message.startsWith("Unterminated")) return false;
  // An open template or comment runs to the end of the text; an open string or pattern only to the end of its line.
  return /^(?:`|\/\*)/.test(text.slice(start)) || !text.slice(start).trimEnd().includes("\n");
}

function withStop(message: string): string {
  return /[.!?]$/.test(message) ? message : `${message}.`;
}

function firstCharacter(text: string): number {
  return Math.max(text.search(/\S/), 0);
}

function endOfLine(text: string, start: number): number {
  const end = text.indexOf("\n", start);
  return end === -1 ? text.length : end;
}

function escape(name: string): string {
  return name.replaceAll("$", "\\$");
}
