import type { Comment, ParsedSource } from "../syntax/parse-source.ts";
import { parseSource } from "../syntax/parse-source.ts";
import type { SyntaxNode } from "../syntax/walk.ts";
import { docBefore, docText, indentAt, startOf } from "./docs.ts";
import { applyEdits, type Edit } from "./edits.ts";
import { importsOf, type ImportRequest } from "./imports.ts";
import { memberKey, membersOf } from "./members.ts";
import { mixedClass, type Source } from "./mixed-class.ts";
import { movedPaths } from "./moved-paths.ts";
import { declarationOf, declaredNames, type SpecFile } from "./spec-file.ts";

/** Code without imports, and the imports that came with it. */
export interface Code {
  readonly text: string;
  /** Specifiers as the reply has them: as if it stood beside the spec file. */
  readonly imports: readonly ImportRequest[];
}

/**
 * A reply as it goes into the generated file: imports taken out, `jaunt:` notes removed, mixed classes completed from the
 * spec, and the spec's doc comments put before what the reply left undocumented, so that editors show them.
 */
export function implementationCode(file: SpecFile, generatedPath: string, body: string): Code {
  const parsed = parseSource(generatedPath, body.replaceAll("\r\n", "\n"));
  const specSource: Source = { parsed: file.parsed, edits: movedPaths(file.parsed, file.module.path, generatedPath) };
  const replySource: Source = {
    parsed,
    edits: [...movedPaths(parsed, file.module.path, generatedPath), ...noteRemovals(parsed)],
  };
  const seen = new Map<string, number>();
  const edits = parsed.body.flatMap((statement) => {
    if (isImport(statement)) return [withLineEnd(parsed.text, statement)];
    const [name = ""] = declaredNames(statement);
    const index = seen.get(name) ?? 0;
    seen.set(name, index + 1);
    return statementEdits(file, specSource, replySource, statement, name, index);
  });
  return {
    text: applyEdits(parsed.text, [...edits, ...replySource.edits]).trim(),
    imports: parsed.body.flatMap((statement) => importsOf(statement, parsed.text)),
  };
}

function isImport(statement: SyntaxNode): boolean {
  return statement.type === "ImportDeclaration" || importsOf(statement, "").length > 0;
}

function withLineEnd(text: string, node: { readonly start: number; readonly end: number }): Edit {
  return { start: node.start, end: node.end + (/^[ \t]*\n?/.exec(text.slice(node.end))?.[0].length ?? 0), text: "" };
}

/** `// jaunt:needs …` and whatever looks like a line of a generated header. */
function noteRemovals({ comments, text }: ParsedSource): readonly Edit[] {
  return comments
    .filter((comment) => comment.type === "Line" && /^\/\/\s*jaunt:/.test(text.slice(comment.start, comment.end)))
    .map((comment) =>
      withLineEnd(text, { start: comment.start - indentAt(text, comment.start).length, end: comment.end }),
    );
}

/** What changes in the `index`th statement that declares `name`. */
function statementEdits(
  file: SpecFile,
  specSource: Source,
  replySource: Source,
  statement: SyntaxNode,
  name: string,
  index: number,
): readonly Edit[] {
  const specStatement = file.specStatements.get(name)?.[index];
  const spec = file.module.specs.find((each) => each.name === name);
  if (specStatement === undefined || spec === undefined) return [];
  const doc = missingDoc(file.parsed, specStatement, replySource.parsed, statement);
  const isClass =
    declarationOf(statement).type === "ClassDeclaration" && declarationOf(specStatement).type === "ClassDeclaration";
  if (!isClass) return doc;
  if (spec.form === "magic") {
    const text = mixedClass(spec, specSource, specStatement, replySource, statement);
    return [...doc, { start: startOf(statement), end: statement.end, text }];
  }
  return [...doc, ...memberDocs(file.parsed, specStatement, replySource.parsed, statement)];
}

function missingDoc(
  specParsed: ParsedSource,
  specNode: SyntaxNode,
  replyParsed: ParsedSource,
  replyNode: SyntaxNode,
): readonly Edit[] {
  const start = startOf(replyNode);
  const comment: Comment | undefined = docBefore(specParsed, startOf(specNode));
  if (comment === undefined || docBefore(replyParsed, start) !== undefined) return [];
  const indent = indentAt(replyParsed.text, start);
  return [{ start, end: start, text: `${docText(specParsed, comment, indent)}\n${indent}` }];
}

/** Docs of a declared class' members, the nth overload's to the nth. */
function memberDocs(
  specParsed: ParsedSource,
  specStatement: SyntaxNode,
  replyParsed: ParsedSource,
  replyStatement: SyntaxNode,
): readonly Edit[] {
  const documented = new Map(numbered(specParsed, specStatement).map(({ key, member }) => [key, member]));
  return numbered(replyParsed, replyStatement).flatMap(({ key, member }) => {
    const specMember = documented.get(key);
    return specMember === undefined ? [] : missingDoc(specParsed, specMember, replyParsed, member);
  });
}

function numbered(
  parsed: ParsedSource,
  statement: SyntaxNode,
): readonly { readonly key: string; readonly member: SyntaxNode }[] {
  const counts = new Map<string, number>();
  return membersOf(declarationOf(statement)).map((member) => {
    const key = memberKey(member, parsed.text);
    counts.set(key, (counts.get(key) ?? 0) + 1);
    return { key: `${key} ${counts.get(key)}`, member };
  });
}
