import type { ParsedSource } from "../syntax/parse-source.ts";

/** Directives, triple-slash references and JSX pragmas at the top of a file, as written: what a generated file begins with too. */
export function prologueOf({ body, comments, text }: ParsedSource): readonly string[] {
  const directives = body.filter((statement) => typeof statement["directive"] === "string");
  const end = body[0]?.start ?? text.length;
  const kept = comments
    .filter((comment) => comment.start < end)
    .map((comment) => text.slice(comment.start, comment.end))
    .filter((comment) => /^\/\/\/\s*<(?:reference|amd)/.test(comment) || /^\/\*\*?[\s*]*@jsx/.test(comment));
  return [...kept, ...directives.map((statement) => text.slice(statement.start, statement.end))];
}
