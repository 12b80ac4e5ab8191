import type { Digest } from "@jaunt/core";
import { digest } from "@jaunt/core/digest";
import type { ParsedSource } from "../syntax/parse-source.ts";
import type { Tokenizer } from "../syntax/tokens.ts";
import { nodesIn, type SyntaxNode } from "../syntax/walk.ts";
import { prologueOf } from "./prologue.ts";
import { declaratorsOf } from "./top-level.ts";

/**
 * Digest of what a file says without naming it: directives and references at its top, imports for side effects, import attributes and
 * loose statements, in their order. The generated file copies them or can tell their effect. Empty when there is nothing of the kind.
 */
export function looseCode(parsed: ParsedSource, tokenizer: Tokenizer): Digest | "" {
  const texts = [
    ...prologueOf(parsed),
    ...parsed.body.filter(isLoose).map((statement) =>
      tokenizer
        .tokens(statement)
        .map((token) => token.text)
        .join("\n"),
    ),
  ];
  return texts.length === 0 ? "" : digest("loose", texts);
}

function isLoose(statement: SyntaxNode): boolean {
  switch (statement.type) {
    case "EmptyStatement":
      return false;
    case "ImportDeclaration":
      return hasAttributes(statement) || (nodesIn(statement["specifiers"]).length === 0 && !isType(statement));
    case "ExportAllDeclaration":
      return hasAttributes(statement);
    case "ExportNamedDeclaration":
      return statement["declaration"] === null
        ? hasAttributes(statement)
        : nodesIn(statement["declaration"]).some((declaration) => declaratorsOf(declaration).length === 0);
    case "TSImportEqualsDeclaration":
      return nodesIn(statement["moduleReference"])[0]?.type !== "TSExternalModuleReference";
    default:
      // Directives belong to the prologue.
      return typeof statement["directive"] !== "string" && declaratorsOf(statement).length === 0;
  }
}

function hasAttributes(statement: SyntaxNode): boolean {
  return nodesIn(statement["attributes"]).length > 0;
}

function isType(statement: SyntaxNode): boolean {
  return statement["importKind"] === "type";
}
