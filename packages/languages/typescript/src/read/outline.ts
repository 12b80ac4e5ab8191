import type { Declaration, ImportBinding, Outline, ReExport, SourceFile, Span, Use } from "@jaunt/core";
import { digest } from "@jaunt/core/digest";
import type { ParsedSource } from "../syntax/parse-source.ts";
import { createTokenizer, type Tokenizer } from "../syntax/tokens.ts";
import { nodesIn, type SyntaxNode } from "../syntax/walk.ts";
import { collectUses } from "./collect-uses.ts";
import { findLocals, type Locals } from "./find-locals.ts";
import { importTypesOf } from "./import-types.ts";
import { isOfType, nameOf } from "./markers.ts";
import { readTopLevel, type TopLevel } from "./top-level.ts";

/** What any file of the language declares and passes on. Undefined when it cannot be parsed. */
export function outlineFile({ path, text }: SourceFile): Outline | undefined {
  const { parsed, declarations } = readTopLevel(path, text);
  if (parsed.problems.length > 0) return undefined;
  return outlineOf(parsed, declarations, fileScope(parsed, declarations));
}

/** What describing a declaration needs to know of its file. */
export interface FileScope {
  readonly imports: readonly ImportBinding[];
  /** Every imported and top-level name. */
  readonly names: ReadonlySet<string>;
  readonly locals: () => Locals;
  readonly tokenizer: Tokenizer;
}

/** The scope of a parsed file with all its declarations; what is expensive is found when it is first asked for. */
export function fileScope(parsed: ParsedSource, declarations: readonly TopLevel[]): FileScope {
  const imports = [...importsOf(parsed.body), ...importTypesOf(parsed)];
  const names = new Set([
    ...imports.map((binding) => binding.local),
    ...declarations.map((declaration) => declaration.name),
  ]);
  let found: Locals | undefined;
  return {
    imports,
    names,
    locals: () => (found ??= findLocals(parsed.body, names)),
    tokenizer: createTokenizer(parsed),
  };
}

/** The outline of a parsed file, `declarations` being those that count as hand-written. */
export function outlineOf(parsed: ParsedSource, declarations: readonly TopLevel[], scope: FileScope): Outline {
  const byName = groupByName(declarations);
  return {
    imports: scope.imports,
    reexports: reexportsOf(parsed.body),
    declarations: [...byName].map(([name, parts]) => declarationOf(name, parts, scope)),
  };
}

/** Everything a file imports, `@jaunt/spec` included. */
function importsOf(body: readonly SyntaxNode[]): readonly ImportBinding[] {
  return body.flatMap((statement) => {
    if (statement.type === "TSImportEqualsDeclaration") return importEquals(statement);
    if (statement.type !== "ImportDeclaration") return [];
    const specifier = nameOf(statement["source"], "value");
    return nodesIn(statement["specifiers"]).map((binding) => ({
      local: nameOf(binding["local"]),
      imported: importedName(binding),
      specifier,
      typeOnly: statement["importKind"] === "type" || binding["importKind"] === "type",
    }));
  });
}

function importedName(binding: SyntaxNode): string {
  if (binding.type === "ImportNamespaceSpecifier") return "*";
  return binding.type === "ImportDefaultSpecifier" ? "default" : nameOf(binding["imported"]);
}

function importEquals(statement: SyntaxNode): readonly ImportBinding[] {
  const reference = statement["moduleReference"];
  if (!isOfType(reference, "TSExternalModuleReference")) return [];
  const specifier = nameOf(reference["expression"], "value");
  return [{ local: nameOf(statement["id"]), imported: "*", specifier, typeOnly: statement["importKind"] === "type" }];
}

function reexportsOf(body: readonly SyntaxNode[]): readonly ReExport[] {
  return body.flatMap((statement): readonly ReExport[] => {
    const typeOnly = statement["exportKind"] === "type";
    const specifier = nameOf(statement["source"], "value");
    if (statement.type === "ExportAllDeclaration") {
      const exported = nameOf(statement["exported"]);
      return [{ exported: exported === "" ? "*" : exported, imported: "*", specifier, typeOnly }];
    }
    if (statement.type !== "ExportNamedDeclaration" || statement["declaration"] !== null) return [];
    return nodesIn(statement["specifiers"]).map((binding) => namedExport(binding, specifier, typeOnly));
  });
}

function namedExport(binding: SyntaxNode, specifier: string, typeOnly: boolean): ReExport {
  return {
    exported: nameOf(binding["exported"]),
    imported: nameOf(binding["local"]),
    ...(specifier === "" ? {} : { specifier }),
    typeOnly: typeOnly || binding["exportKind"] === "type",
  };
}

function groupByName(declarations: readonly TopLevel[]): ReadonlyMap<string, readonly TopLevel[]> {
  const groups = new Map<string, TopLevel[]>();
  for (const declaration of declarations) {
    const group = groups.get(declaration.name);
    if (group === undefined) groups.set(declaration.name, [declaration]);
    else group.push(declaration);
  }
  return groups;
}

function declarationOf(name: string, parts: readonly TopLevel[], scope: FileScope): Declaration {
  const { tokenizer } = scope;
  const kind = kindOf(parts);
  const tokens = parts.map((part) => tokensOf(tokenizer, part.declaration));
  return {
    name,
    kind,
    exported: parts.some((part) => part.exported),
    digest: digest("declaration", tokens),
    typeDigest:
      kind === "value"
        ? ""
        : digest(
            "type",
            parts.map((part) => typeTokens(tokenizer, part)),
          ),
    uses: usesOf(parts, kind, scope).filter((use) => use.path.join(".") !== name),
  };
}

/** What stands in bodies and initialisers of a class is no part of its type. */
function usesOf(parts: readonly TopLevel[], kind: Declaration["kind"], { names, locals }: FileScope): readonly Use[] {
  const nodes = parts.map((part) => part.node);
  if (kind === "value") return collectUses(nodes, "body", names, { locals });
  const except = new Set(nodes.flatMap(hiddenOf));
  const inTypes = collectUses(nodes, "signature", names, { locals, except });
  const seen = new Set(inTypes.map((use) => use.path.join(".")));
  const inBodies = collectUses([...except], "body", names, { locals }).filter((use) => !seen.has(use.path.join(".")));
  return [...inTypes, ...inBodies].toSorted((a, b) => (a.path.join(".") < b.path.join(".") ? -1 : 1));
}

const typeNodes: ReadonlySet<string> = new Set(["TSInterfaceDeclaration", "TSTypeAliasDeclaration"]);
const bothNodes: ReadonlySet<string> = new Set(["ClassDeclaration", "TSEnumDeclaration"]);

function kindOf(parts: readonly TopLevel[]): Declaration["kind"] {
  if (parts.some((part) => bothNodes.has(part.node.type))) return "both";
  const types = parts.filter((part) => typeNodes.has(part.node.type)).length;
  if (types === parts.length) return "type";
  return types === 0 ? "value" : "both";
}

function tokensOf(tokenizer: Tokenizer, span: Span): string {
  return tokenizer
    .tokens(span)
    .map((token) => token.text)
    .join("\n");
}

/** The type side of a class is its members without bodies and initialisers. */
function typeTokens(tokenizer: Tokenizer, { node, declaration }: TopLevel): string {
  if (node.type !== "ClassDeclaration")
    return typeNodes.has(node.type) || bothNodes.has(node.type) ? tokensOf(tokenizer, declaration) : "";
  let at = declaration.start;
  const stretches: string[] = [];
  for (const hidden of hiddenOf(node)) {
    stretches.push(tokensOf(tokenizer, { start: at, end: hidden.start }));
    at = hidden.end;
  }
  return [...stretches, tokensOf(tokenizer, { start: at, end: declaration.end })].join("\n");
}

function hiddenOf(node: SyntaxNode): readonly SyntaxNode[] {
  return node.type === "ClassDeclaration" ? nodesIn((node["body"] as SyntaxNode)["body"]).flatMap(hiddenParts) : [];
}

function hiddenParts(member: SyntaxNode): readonly SyntaxNode[] {
  if (member.type === "StaticBlock" || isOfType(member["key"], "PrivateIdentifier")) return [member];
  const value = member["value"] as SyntaxNode | null | undefined;
  if (value === null || value === undefined) return [];
  return member.type === "MethodDefinition" ? nodesIn(value["body"]) : [value];
}
