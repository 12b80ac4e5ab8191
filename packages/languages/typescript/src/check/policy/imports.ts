import { isBuiltin } from "node:module";
import type { Span } from "@jaunt/core";
import { importsOf, nameOf } from "../../compose/imports.ts";
import { packageOf } from "../../layout/package-name.ts";
import { scopeOf, typescriptSettings } from "../../layout/settings.ts";
import { isNode, walk, type SyntaxNode } from "../../syntax/walk.ts";
import type { Breach } from "./breach.ts";
import type { Reply } from "../reply.ts";
import { isRedundantImport } from "../same-import.ts";
import { globalUses } from "./names.ts";

/** Imports by path, alias or URL. What the spec file imports itself may be repeated. */
export function findRelativeImports(reply: Reply): readonly Breach[] {
  return importedSpecifiers(reply)
    .filter(({ specifier }) => isByPath(specifier, reply))
    .map(({ specifier, span }) => ({
      message: /^(?:\.\.\/){2,}|^\/|^[a-z]+:/i.test(specifier)
        ? `${JSON.stringify(specifier)} leads out of the module's folder.`
        : `${JSON.stringify(specifier)} is an import by path.`,
      span,
      hint: "Every name of the spec file and of what it depends on is in scope without an import.",
    }));
}

/** Imports of packages that the project does not declare. */
export function findForeignImports(reply: Reply): readonly Breach[] {
  const { conventions, source } = reply.candidate;
  const scope = scopeOf(source.module.path, typescriptSettings(reply.candidate.layout.settings));
  const known = new Set(conventions.packages);
  return importedSpecifiers(reply).flatMap(({ specifier, span }) => {
    const name = isByPath(specifier, reply) ? undefined : packageOf(specifier, scope);
    if (name === undefined || known.has(name)) return [];
    const hint =
      known.size === 0
        ? "The project declares no packages: use Node built-ins or write it yourself."
        : `Declared are: ${[...known].join(", ")}.`;
    return [{ message: `The package ${name} is not declared by the project.`, span, hint }];
  });
}

/** `import()`, `require` and every other way to load a module while the code runs. */
export function findDynamicImports(reply: Reply): readonly Breach[] {
  const { parsed } = reply;
  const hint = "Import it by a statement at the top.";
  const found: Breach[] = [];
  const report = (node: SyntaxNode, what: string): number =>
    found.push({ message: `${what} loads a module at run time.`, span: { start: node.start, end: node.end }, hint });
  for (const { node } of walk(parsed.body)) {
    if (node.type === "ImportExpression") report(node, "import()");
    if (node.type === "TSImportEqualsDeclaration" && importsOf(node, parsed.text).length > 0)
      report(node, "import = require()");
  }
  for (const { chain, node } of globalUses(reply)) {
    const name = chain.slice(0, 2).join(".");
    if (chain[0] === "require" || name === "module.require" || name === "process.getBuiltinModule") report(node, name);
  }
  for (const statement of parsed.body) {
    if (importsOf(statement, parsed.text).some(({ imported }) => imported === "createRequire"))
      report(statement, "createRequire");
  }
  return found;
}

interface ImportedSpecifier {
  readonly specifier: string;
  readonly span: Span;
}

function importedSpecifiers(reply: Reply): readonly ImportedSpecifier[] {
  const { parsed, spec } = reply;
  const statements = parsed.body.flatMap((statement) => {
    const source = statement["source"];
    const requests = importsOf(statement, parsed.text).filter((request) => !isRedundantImport(request, reply));
    const passedOn = statement.type !== "ImportDeclaration" && isNode(source) ? [nameOf(source)] : [];
    const specifiers = new Set([...requests.map(({ specifier }) => specifier), ...passedOn]);
    return [...specifiers].map((specifier) => ({ specifier, span: { start: statement.start, end: statement.end } }));
  });
  // A signature with `import("./x.js").T` has to be repeated as it stands.
  const inSpec = new Set(specifiersInside(spec.parsed.body).map(({ specifier }) => specifier));
  return [...statements, ...specifiersInside(parsed.body).filter(({ specifier }) => !inSpec.has(specifier))];
}

/** Of `import()` and of import types. */
function specifiersInside(statements: readonly SyntaxNode[]): readonly ImportedSpecifier[] {
  const found: ImportedSpecifier[] = [];
  for (const { node } of walk(statements)) {
    const source = node.type === "ImportExpression" || node.type === "TSImportType" ? node["source"] : undefined;
    const specifier = isNode(source) ? source["value"] : undefined;
    if (typeof specifier === "string") found.push({ specifier, span: { start: node.start, end: node.end } });
  }
  return found;
}

function isByPath(specifier: string, { candidate }: Reply): boolean {
  const scope = scopeOf(candidate.source.module.path, typescriptSettings(candidate.layout.settings));
  return packageOf(specifier, scope) === undefined && !isBuiltin(specifier);
}
