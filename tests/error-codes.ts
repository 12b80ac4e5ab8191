import { readdirSync, readFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { parseSync } from "oxc-parser";

/** Where a code stands in the sources, and what is said beside it. `*` in a code stands for what is only known at run time. */
export interface FoundCode {
  readonly kind: "error" | "diagnostic";
  readonly code: string;
  /** The exit code of an error, where it stands there as a number. */
  readonly exit?: number;
  readonly file: string;
}

interface Node {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [key: string]: unknown;
}

/**
 * Every code of an error (an object with `code` and `exitCode`) and of a diagnostic (one with `code` and `severity`, or a text of the form
 * `family/problem` whose family is known) in the shipped sources below `packages`.
 */
export function findCodes(packages: string, families: readonly string[]): readonly FoundCode[] {
  return sourceFiles(packages).flatMap((file) => {
    const text = readFileSync(file, "utf8");
    const path = relative(packages, file).split(sep).join("/");
    return nodesOf(parseSync(file, text).program).flatMap((node): readonly FoundCode[] => {
      if (node.type === "Literal") return familyCode(node, families, path);
      if (node.type === "CallExpression") return refusalCode(node, path);
      return node.type === "ObjectExpression" ? objectCodes(node, path) : [];
    });
  });
}

function objectCodes(node: Node, file: string): readonly FoundCode[] {
  const properties = node["properties"] as readonly Node[];
  const valueOf = (name: string): Node | undefined =>
    properties.find(({ key }) => (key as Node | undefined)?.["name"] === name)?.["value"] as Node | undefined;
  const code = valueOf("code");
  const exit = valueOf("exitCode");
  if (code === undefined || (exit === undefined && valueOf("severity") === undefined)) return [];
  const kind = exit === undefined ? "diagnostic" : "error";
  return textsOf(code).map((found) => ({
    kind,
    code: found,
    file,
    ...(typeof exit?.["value"] === "number" ? { exit: exit["value"] } : {}),
  }));
}

/** The texts that an expression may be; what is not known here becomes `*`. */
function textsOf(node: Node): readonly string[] {
  if (node.type === "Literal") return [String(node["value"])];
  if (node.type === "ConditionalExpression")
    return [...textsOf(node["consequent"] as Node), ...textsOf(node["alternate"] as Node)];
  if (node.type !== "TemplateLiteral") return [];
  const quasis = node["quasis"] as readonly { readonly value: { readonly cooked: string } }[];
  return [quasis.map(({ value }) => value.cooked).join("*")];
}

function familyCode({ value }: Node, families: readonly string[], file: string): readonly FoundCode[] {
  if (typeof value !== "string" || !/^[a-z]+\/[a-z0-9-]+$/.test(value)) return [];
  // A few families share their names with folders.
  if (!families.includes(value.split("/")[0] ?? "") || /^(test|tests|src)\//.test(value)) return [];
  return [{ kind: "diagnostic", code: value, file }];
}

/** The reader of TypeScript names its refusals without their family. */
function refusalCode(node: Node, file: string): readonly FoundCode[] {
  const { name } = node["callee"] as { readonly name?: string };
  const given = node["arguments"] as readonly Node[];
  const code = name === "refusal" ? given[2] : name === "refuse" && file.includes("/read/") ? given[1] : undefined;
  return code?.type === "Literal" ? [{ kind: "diagnostic", code: `spec/${String(code["value"])}`, file }] : [];
}

function nodesOf(value: unknown): readonly Node[] {
  if (Array.isArray(value)) return value.flatMap(nodesOf);
  if (typeof value !== "object" || value === null) return [];
  const children = Object.values(value).flatMap(nodesOf);
  return "type" in value ? [value as Node, ...children] : children;
}

function sourceFiles(packages: string): readonly string[] {
  return readdirSync(packages, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(".ts") && !entry.name.endsWith(".d.ts"))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter(
      (file) =>
        /[\\/]src[\\/]/.test(file) && !/\.test\.|__fixtures__|node_modules|testkit|[\\/]testing[\\/]/.test(file),
    );
}
