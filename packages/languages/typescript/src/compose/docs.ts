import type { Comment, ParsedSource } from "../syntax/parse-source.ts";
import { isNode, nodesIn, type SyntaxNode } from "../syntax/walk.ts";

/** The doc comment that belongs to what starts at `start`: the nearest one before it with only white space and other comments between. */
export function docBefore({ comments, text }: ParsedSource, start: number): Comment | undefined {
  let at = start;
  for (let index = comments.findLastIndex((comment) => comment.end <= start); index >= 0; index -= 1) {
    const comment = comments[index];
    if (comment === undefined || text.slice(comment.end, at).trim() !== "") return undefined;
    if (comment.type === "Block" && text.startsWith("/**", comment.start)) return comment;
    at = comment.start;
  }
  return undefined;
}

/** Where a statement or class member begins, decorators before its `export` included. */
export function startOf(node: SyntaxNode): number {
  const declaration = node["declaration"];
  const decorated = [node, ...(isNode(declaration) ? [declaration] : [])].flatMap((each) =>
    nodesIn(each["decorators"]),
  );
  return Math.min(node.start, ...decorated.map((decorator) => decorator.start));
}

/** Where a statement or class member begins with its doc comment. */
export function documentedStart(parsed: ParsedSource, node: SyntaxNode): number {
  const start = startOf(node);
  return docBefore(parsed, start)?.start ?? start;
}

/** A doc comment set into other code: its lines after the first are indented by `indent` and one blank. */
export function docText(parsed: ParsedSource, comment: Comment, indent: string): string {
  const [first = "", ...rest] = parsed.text.slice(comment.start, comment.end).split(/\r?\n/);
  const lines = rest.map((line) =>
    line.trim() === "" ? "" : `${indent}${line.trimStart().startsWith("*") ? " " : ""}${line.trimStart()}`,
  );
  return [first, ...lines].join("\n");
}

/** The white space before `offset` on its line; empty when other text is there. */
export function indentAt(text: string, offset: number): string {
  return /(?:^|\n)([ \t]*)$/.exec(text.slice(0, offset))?.[1] ?? "";
}
