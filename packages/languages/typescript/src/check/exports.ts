import { closest, type Span } from "@jaunt/core";
import { importsOf, nameOf } from "../compose/imports.ts";
import { declarationOf, declaredNames } from "../compose/spec-file.ts";
import { isNode, nodesIn, type SyntaxNode } from "../syntax/walk.ts";
import type { Finding, Reply } from "./reply.ts";
import { isRedundantImport, leadsToOwnModule } from "./same-import.ts";
import { findShadowing } from "./shadowing.ts";

/** Whether the reply exports exactly the specs, each declared once, and leaves alone every name that is there already. */
export function findExportProblems(reply: Reply): readonly Finding[] {
  const declared = declarationsIn(reply);
  return [
    ...reply.parsed.body.flatMap((statement) => wrongForm(statement, reply)),
    ...wrongNames(declared, reply),
    ...duplicates(declared),
    ...redeclared(declared, reply),
    ...wrongImports(reply),
    ...findShadowing(reply),
  ];
}

interface Declared {
  readonly name: string;
  readonly node: SyntaxNode;
  readonly span: Span;
  readonly exported: boolean;
}

function declarationsIn({ parsed }: Reply): readonly Declared[] {
  return parsed.body.flatMap((statement) => {
    const node = declarationOf(statement);
    const exported = statement.type === "ExportNamedDeclaration";
    return declaredNames(statement).map((name) => ({ name, node, span: nameSpan(name, node, parsed.text), exported }));
  });
}

/** The ways to export that no facade passes on, or that hide what is exported. */
function wrongForm(statement: SyntaxNode, { spec, parsed }: Reply): readonly Finding[] {
  const { start, end } = statement;
  const span = { start, end: Math.min(end, lineEnd(parsed.text, start)) };
  const specNames = spec.module.specs.map((each) => each.name).join(", ");
  switch (statement.type) {
    case "ExportDefaultDeclaration":
      return [
        {
          code: "exports/default",
          message: "A default export is not passed on to callers.",
          span,
          hint: `Export by name: ${specNames}.`,
        },
      ];
    case "TSExportAssignment":
    case "TSNamespaceExportDeclaration":
      return [
        {
          code: "exports/assignment",
          message: "Only named exports are passed on to callers.",
          span,
          hint: `Export by name: ${specNames}.`,
        },
      ];
    case "ExportAllDeclaration":
      return [
        {
          code: "exports/star",
          message: "The reply passes on another module's exports.",
          span,
          hint: `Export only ${specNames}.`,
        },
      ];
    case "ExportNamedDeclaration":
      if (isNode(statement["declaration"]) || nodesIn(statement["specifiers"]).length === 0) return [];
      return [
        {
          code: "exports/list",
          message: "The reply exports through a list.",
          span,
          hint: "Write `export` in front of the declaration itself.",
        },
      ];
    default:
      return [];
  }
}

function wrongNames(declared: readonly Declared[], { spec, parsed }: Reply): readonly Finding[] {
  const wanted = new Set(spec.module.specs.map((each) => each.name));
  const exported = declared.filter((each) => each.exported);
  const missing = [...wanted].filter((name) => !exported.some((each) => each.name === name));
  const extra = exported.filter((each) => !wanted.has(each.name));
  const mistaken = new Set<Declared>();
  const missed = missing.map((name): Finding => {
    const local = declared.find((each) => each.name === name);
    if (local)
      return {
        code: "exports/missing",
        message: `${name} is not exported.`,
        span: local.span,
        hint: "Write `export` in front of its declaration.",
      };
    const candidates = extra.length > 0 ? extra : declared;
    const meant = closest(
      name,
      candidates.map((candidate) => candidate.name),
    );
    const near = candidates.find((candidate) => candidate.name === meant);
    if (near !== undefined) mistaken.add(near);
    const span = near?.span ?? { start: 0, end: lineEnd(parsed.text, 0) };
    const found = near === undefined ? "" : ` The reply has ${near.name}: did you mean ${name}?`;
    return { code: "exports/missing", message: `The reply does not export ${name}.${found}`, span };
  });
  const surplus = extra
    .filter((each) => !mistaken.has(each))
    .map((each): Finding => ({
      code: "exports/extra",
      message: `${each.name} is exported, but no spec asks for it.`,
      span: each.span,
      hint: "Leave out `export`, or the declaration if nothing uses it.",
    }));
  return [...missed, ...surplus];
}

/** Overloads, merged interfaces and a class with its interface are one thing; everything else may be declared once. */
function duplicates(declared: readonly Declared[]): readonly Finding[] {
  const first = new Map<string, Declared>();
  const found: Finding[] = [];
  for (const each of declared) {
    const space = spaceOf(each.node);
    if (space === undefined) continue;
    for (const key of space.map((one) => `${one} ${each.name}`)) {
      if (!first.has(key)) first.set(key, each);
      else
        found.push({
          code: "exports/duplicate",
          message: `${each.name} is declared twice.`,
          span: each.span,
          hint: "Keep one declaration.",
        });
    }
  }
  return found;
}

function spaceOf(node: SyntaxNode): readonly ("value" | "type")[] | undefined {
  switch (node.type) {
    case "FunctionDeclaration":
    case "VariableDeclaration":
      return node["declare"] === true ? undefined : ["value"];
    case "ClassDeclaration":
    case "TSEnumDeclaration":
      return ["value"];
    case "TSTypeAliasDeclaration":
      return ["type"];
    default:
      return undefined;
  }
}

function redeclared(declared: readonly Declared[], { spec }: Reply): readonly Finding[] {
  const imported = new Set(spec.imports.map((request) => request.local));
  return declared
    .filter(({ name }) => spec.handWritten.has(name) || imported.has(name))
    .map(({ name, span }) => ({
      code: "exports/redeclare",
      message: `${name} is already ${imported.has(name) ? "imported" : "written by hand"} in ${spec.module.path}.`,
      span,
      hint: "Use it as it is, or give your own declaration another name.",
    }));
}

function wrongImports(reply: Reply): readonly Finding[] {
  const { spec, parsed } = reply;
  const specNames = new Set(spec.module.specs.map((each) => each.name));
  const visible = new Set([...spec.handWritten.keys(), ...spec.imports.map((request) => request.local)]);
  return parsed.body.flatMap((statement) => {
    const requests = importsOf(statement, parsed.text);
    const span = { start: statement.start, end: statement.end };
    const own = requests.filter(
      (request) => !isRedundantImport(request, reply) && leadsToOwnModule(request.specifier, reply),
    );
    if (own.length > 0) {
      const names = own.map((request) => request.imported).filter((name) => name !== "");
      const message = `The reply imports ${names.join(", ") || "its own module"} from the module that it implements.`;
      return [
        {
          code: "exports/own-import",
          message,
          span,
          hint: "Every name of the spec file is in scope without an import.",
        },
      ];
    }
    return requests
      .filter(({ local }) => specNames.has(local) || visible.has(local))
      .filter((request) => !isRedundantImport(request, reply))
      .map(({ local, specifier }): Finding => ({
        code: specNames.has(local) ? "exports/own-import" : "exports/other-meaning",
        message: specNames.has(local)
          ? `${local} is what this module implements; it cannot be imported from ${JSON.stringify(specifier)}.`
          : `${local} means something else in ${spec.module.path} than this import from ${JSON.stringify(specifier)}.`,
        span,
        hint: "Remove the import, or import under another name.",
      }));
  });
}

function nameSpan(name: string, node: SyntaxNode, text: string): Span {
  const id = node["id"];
  const owner = isNode(id) ? id : nodesIn(node["declarations"]).find((declarator) => nameOf(declarator["id"]) === name);
  const start = owner?.start ?? Math.max(text.indexOf(name, node.start), node.start);
  return { start, end: start + name.length };
}

function lineEnd(text: string, start: number): number {
  const end = text.indexOf("\n", start);
  return end === -1 ? text.length : end;
}
