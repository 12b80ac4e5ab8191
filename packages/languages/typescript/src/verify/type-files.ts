import type { Layout, ProjectFiles } from "@jaunt/core";
import { importsOf, nameOf } from "../compose/imports.ts";
import { resolveSpecifier } from "../read/resolve-specifier.ts";
import { parseSource, type ParsedSource } from "../syntax/parse-source.ts";
import { isNode, nodesIn, type SyntaxNode } from "../syntax/walk.ts";

/** Declarations of one name, and the file that they stand in. */
export interface FoundType {
  readonly path: string;
  readonly name: string;
  readonly nodes: readonly SyntaxNode[];
}

/** Finds the declarations of types by name, through the imports and re-exports of project files. */
export interface TypeFiles {
  /** What a name means in a file; undefined when it is not the project's. */
  find(name: string, path: string): FoundType | undefined;
  textOf(path: string): string | undefined;
}

/** Looks in the given text first, then in the project. Without files, only there. */
export function openTypeFiles(path: string, text: string, layout: Layout, files: ProjectFiles | undefined): TypeFiles {
  const parsed = new Map<string, ParsedSource | undefined>();
  const textOf = (file: string): string | undefined => (file === path ? text : files?.readText(file));
  const parse = (file: string): ParsedSource | undefined => {
    if (!parsed.has(file)) {
      const found = textOf(file);
      parsed.set(file, found === undefined ? undefined : parseSource(file, found));
    }
    return parsed.get(file);
  };
  const fileOf = (specifier: string, from: string): string | undefined =>
    resolveSpecifier(specifier, from, layout)
      .flatMap((file) => [file.replace(/(?<!\.jaunt)(\.[mc]?tsx?)$/, ".jaunt$1"), file])
      .find((file) => textOf(file) !== undefined);
  const through = (specifier: unknown, name: string, from: string, depth: number): FoundType | undefined => {
    const file = isNode(specifier) ? fileOf(String(specifier["value"]), from) : undefined;
    return file === undefined ? undefined : find(name, file, depth + 1);
  };

  function find(name: string, file: string, depth = 0): FoundType | undefined {
    const source = depth > deepest ? undefined : parse(file);
    if (source === undefined) return undefined;
    const nodes = source.body
      .map(declarationIn)
      .filter((node) => typeNodes.has(node.type) && nameOf(node["id"]) === name);
    if (nodes.length > 0) return { path: file, name, nodes };
    for (const statement of source.body) {
      const imported = importsOf(statement, source.text).find(({ local }) => local === name)?.imported;
      if (imported !== undefined) return through(statement["source"], imported, file, depth);
    }
    for (const statement of source.body) {
      const found = passedOn(statement, name, file, depth);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  function passedOn(statement: SyntaxNode, name: string, file: string, depth: number): FoundType | undefined {
    if (statement.type === "ExportAllDeclaration" && !isNode(statement["exported"]))
      return through(statement["source"], name, file, depth);
    if (statement.type !== "ExportNamedDeclaration") return undefined;
    const listed = nodesIn(statement["specifiers"]).find((each) => nameOf(each["exported"]) === name);
    const local = nameOf(listed?.["local"]);
    if (listed === undefined) return undefined;
    if (isNode(statement["source"])) return through(statement["source"], local, file, depth);
    return local === name ? undefined : find(local, file, depth + 1);
  }

  return { find: (name, file) => find(name, file), textOf };
}

const deepest = 20;

const typeNodes: ReadonlySet<string> = new Set([
  "TSInterfaceDeclaration",
  "TSTypeAliasDeclaration",
  "ClassDeclaration",
  "TSEnumDeclaration",
]);

function declarationIn(statement: SyntaxNode): SyntaxNode {
  const declaration = statement["declaration"];
  return isNode(declaration) ? declaration : statement;
}
