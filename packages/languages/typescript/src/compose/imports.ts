import { isNode, nodesIn, type SyntaxNode } from "../syntax/walk.ts";

/** One imported name, or with an empty `local` an import for its side effects. */
export interface ImportRequest {
  readonly local: string;
  /** The exported name, `default`, `*` for a namespace, `=` for `import x = require()`, empty for side effects. */
  readonly imported: string;
  readonly specifier: string;
  readonly typeOnly: boolean;
  /** Import attributes as written, for example `with { type: "json" }`; empty when there are none. */
  readonly attributes: string;
}

/** All names that an import statement brings in; none for other statements. */
export function importsOf(statement: SyntaxNode, text: string): readonly ImportRequest[] {
  if (statement.type === "TSImportEqualsDeclaration") return requireImport(statement);
  const source = statement["source"];
  if (statement.type !== "ImportDeclaration" || !isNode(source)) return [];
  const specifier = String(source["value"]);
  const attributes = attributesOf(statement, source, text);
  const statementIsType = statement["importKind"] === "type";
  const names = nodesIn(statement["specifiers"]);
  if (names.length === 0)
    return statementIsType ? [] : [{ specifier, attributes, local: "", imported: "", typeOnly: false }];
  return names.map((name) => ({
    specifier,
    attributes,
    local: nameOf(name["local"]),
    imported: importedName(name),
    typeOnly: statementIsType || name["importKind"] === "type",
  }));
}

/**
 * Import statements for the requests: one per specifier where the syntax allows, names and specifiers in code-unit order,
 * `import type` where nothing is needed at run time. Equal requests count once; side effects come first, in their order.
 */
export function printImports(requests: readonly ImportRequest[]): string {
  const sideEffects = requests.filter((request) => request.local === "");
  const groups = new Map<string, ImportRequest[]>();
  for (const request of requests) {
    if (request.local === "") continue;
    const key = `${sortKey(request.specifier)}\n${request.attributes}`;
    const group = groups.get(key) ?? [];
    if (!group.some((other) => other.local === request.local)) group.push(request);
    groups.set(key, group);
  }
  const statements = [...groups].sort(([a], [b]) => compare(a, b)).flatMap(([, group]) => printGroup(group));
  return [...new Set(sideEffects.map((request) => `import ${from(request)}`)), ...statements]
    .map((line) => `${line}\n`)
    .join("");
}

/** `{ a, b as c, type D }`, broken into lines when it is long. */
export function printNames(names: readonly string[]): string {
  const line = `{ ${names.join(", ")} }`;
  return line.length <= 90 ? line : `{\n${names.map((name) => `  ${name},\n`).join("")}}`;
}

/** An exported name as it stands in a list: quoted when it is no identifier. */
export function printName(name: string): string {
  return /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(name) ? name : JSON.stringify(name);
}

function requireImport(statement: SyntaxNode): readonly ImportRequest[] {
  const reference = statement["moduleReference"];
  const expression =
    isNode(reference) && reference.type === "TSExternalModuleReference" ? reference["expression"] : undefined;
  if (!isNode(expression)) return [];
  return [
    {
      local: nameOf(statement["id"]),
      imported: "=",
      specifier: String(expression["value"]),
      typeOnly: statement["importKind"] === "type",
      attributes: "",
    },
  ];
}

function attributesOf(statement: SyntaxNode, source: SyntaxNode, text: string): string {
  if (nodesIn(statement["attributes"]).length === 0) return "";
  return text.slice(source.end, statement.end).replace(/;\s*$/, "").trim();
}

function importedName(specifier: SyntaxNode): string {
  if (specifier.type === "ImportDefaultSpecifier") return "default";
  return specifier.type === "ImportNamespaceSpecifier" ? "*" : nameOf(specifier["imported"]);
}

/** Name of an identifier, or value of a quoted module export name. */
export function nameOf(node: unknown): string {
  return isNode(node) ? String(node["name"] ?? node["value"] ?? "") : "";
}

/** Packages first, then aliases, then relative paths from far to near. */
function sortKey(specifier: string): string {
  const up = /^(?:\.\.\/)+/.exec(specifier)?.[0].length ?? 0;
  const rank = specifier.startsWith(".") ? 2 : /^[@~#]?\//.test(specifier) || specifier.startsWith("#") ? 1 : 0;
  return `${rank}${String(1000 - up).padStart(4, "0")}${specifier}`;
}

function printGroup(group: readonly ImportRequest[]): readonly string[] {
  const sorted = [...group].sort((a, b) => compare(a.imported, b.imported) || compare(a.local, b.local));
  const named = sorted.filter(({ imported }) => imported !== "*" && imported !== "=" && imported !== "default");
  const values = named.filter(({ typeOnly }) => !typeOnly);
  const [first] = named;
  return [
    ...sorted.filter(({ imported }) => imported === "=").map((request) => printRequire(request)),
    ...sorted
      .filter(({ imported }) => imported === "*")
      .map((request) => `import ${typeWord(request)}* as ${request.local} ${from(request, true)}`),
    ...sorted
      .filter(({ imported }) => imported === "default")
      .map((request) => `import ${typeWord(request)}${request.local} ${from(request, true)}`),
    ...(first === undefined
      ? []
      : [
          `import ${values.length === 0 ? "type " : ""}${printNames(named.map((request) => printSpecifier(request, values.length > 0)))} ${from(first, true)}`,
        ]),
  ];
}

function printSpecifier({ imported, local, typeOnly }: ImportRequest, inValueStatement: boolean): string {
  const renamed = imported === local ? local : `${printName(imported)} as ${local}`;
  return typeOnly && inValueStatement ? `type ${renamed}` : renamed;
}

function printRequire(request: ImportRequest): string {
  return `import ${typeWord(request)}${request.local} = require(${JSON.stringify(request.specifier)});`;
}

function typeWord({ typeOnly }: ImportRequest): string {
  return typeOnly ? "type " : "";
}

function from({ specifier, attributes }: ImportRequest, withNames = false): string {
  return `${withNames ? "from " : ""}${JSON.stringify(specifier)}${attributes === "" ? "" : ` ${attributes}`};`;
}

function compare(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
