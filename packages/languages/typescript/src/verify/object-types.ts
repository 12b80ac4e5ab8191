import { nameOf } from "../compose/imports.ts";
import { isNode, nodesIn, type SyntaxNode } from "../syntax/walk.ts";
import type { FoundType, TypeFiles } from "./type-files.ts";

/** A type as written, with what its names mean there. */
export interface Meaning {
  readonly node: SyntaxNode;
  readonly path: string;
  /** The text that the node points into, when that is not the file's. */
  readonly text?: string;
  /** Type parameters that have been given. */
  readonly bound: ReadonlyMap<string, Meaning>;
}

export interface Field {
  readonly type: Meaning;
  readonly optional: boolean;
}

/** What objects of a type hold: fields by their keys as they are printed, or whatever an index signature allows. */
export interface Members {
  readonly fields: ReadonlyMap<string, Field>;
  readonly index?: Meaning;
}

/** Takes object types apart: literals, interfaces with what they extend, intersections and the like. */
export interface ObjectTypes {
  membersOf(meaning: Meaning): Members | undefined;
  /** The keys that a union of literals names. */
  keysOf(meaning: Meaning): readonly string[] | undefined;
  /** What a named type stands for, its parameters bound: the type of an alias, or the first part of an interface. */
  enter(use: Meaning, found: FoundType): Meaning;
}

/** `fail` is told why something has no members that are understood; then there are none. */
export function createObjectTypes(files: TypeFiles, fail: (reason: string) => unknown): ObjectTypes {
  const parts = new Map<SyntaxNode, FoundType>();
  const give = (reason: string): undefined => void fail(reason);

  function enter(use: Meaning, found: FoundType): Meaning {
    const [first] = found.nodes;
    const args = argumentsOf(use.node);
    const bound = new Map(
      parametersOf(first).flatMap((parameter, index) => {
        const given = args[index];
        const otherwise = parameter["default"];
        if (given !== undefined) return [[nameOf(parameter["name"]), { ...use, node: given }] as const];
        return isNode(otherwise)
          ? [
              [
                nameOf(parameter["name"]),
                { node: otherwise, path: found.path, bound: new Map<string, Meaning>() },
              ] as const,
            ]
          : [];
      }),
    );
    const alias = first?.["typeAnnotation"];
    const node = isNode(alias) ? alias : (first ?? use.node);
    if (first !== undefined && !isNode(alias)) parts.set(node, found);
    return { node, path: found.path, bound };
  }

  function membersOf(meaning: Meaning, depth = 0): Members | undefined {
    const { node } = meaning;
    if (depth > deepest) return give("its types go too deep");
    if (node.type === "TSParenthesizedType" && isNode(node["typeAnnotation"]))
      return membersOf({ ...meaning, node: node["typeAnnotation"] }, depth + 1);
    if (node.type === "TSTypeLiteral") return listed(meaning, nodesIn(node["members"]));
    if (node.type === "TSIntersectionType")
      return merged(nodesIn(node["types"]).map((each) => membersOf({ ...meaning, node: each }, depth + 1)));
    if (node.type === "TSInterfaceDeclaration") return ofInterface(meaning, depth);
    if (node.type === "TSTypeReference" || node.type === "TSInterfaceHeritage") return ofReference(meaning, depth);
    return give("it combines types that are no objects");
  }

  function ofInterface(meaning: Meaning, depth: number): Members | undefined {
    const all = parts.get(meaning.node)?.nodes ?? [meaning.node];
    return merged(
      all.flatMap((part) => [
        ...nodesIn(part["extends"]).map((each) => membersOf({ ...meaning, node: each }, depth + 1)),
        listed(meaning, isNode(part["body"]) ? nodesIn(part["body"]["body"]) : []),
      ]),
    );
  }

  function ofReference(meaning: Meaning, depth: number): Members | undefined {
    const { node, path, bound } = meaning;
    const name = leftName(node["typeName"] ?? node["expression"]) ?? "";
    const given = bound.get(name);
    if (given !== undefined) return membersOf(given, depth + 1);
    const found = files.find(name, path);
    if (found !== undefined) {
      if (found.nodes[0]?.type === "ClassDeclaration") return give(`${name} is a class`);
      return membersOf(enter(meaning, found), depth + 1);
    }
    const [first, second] = argumentsOf(node).map((each) => ({ ...meaning, node: each }));
    const inner = first === undefined ? undefined : membersOf(first, depth + 1);
    if (inner === undefined) return give(`${name} is no object type of the project's files`);
    if (name === "Readonly") return inner;
    if (name === "Partial" || name === "Required") return changed(inner, name === "Partial");
    const keys = second === undefined ? undefined : keysOf(second, depth + 1);
    if (keys === undefined || (name !== "Pick" && name !== "Omit"))
      return give(`${name} is no object type that is understood`);
    return { fields: new Map([...inner.fields].filter(([key]) => keys.includes(key) === (name === "Pick"))) };
  }

  function listed(meaning: Meaning, members: readonly SyntaxNode[]): Members | undefined {
    const fields = new Map<string, Field>();
    let index: Meaning | undefined;
    for (const member of members) {
      const type = isNode(member["typeAnnotation"]) ? member["typeAnnotation"]["typeAnnotation"] : undefined;
      if (!isNode(type)) return give("it has methods or members without a type");
      if (member.type === "TSIndexSignature") index = { ...meaning, node: type };
      else if (member.type !== "TSPropertySignature" || member["computed"] === true)
        return give("it has members that are no plain properties");
      else fields.set(keyOf(member), { type: { ...meaning, node: type }, optional: member["optional"] === true });
    }
    if (index !== undefined && fields.size > 0) return give("it has an index signature beside its properties");
    return index === undefined ? { fields } : { fields, index };
  }

  function keysOf(meaning: Meaning, depth = 0): readonly string[] | undefined {
    const { node, path, bound } = meaning;
    if (depth > deepest) return undefined;
    if (node.type === "TSUnionType") {
      const each = nodesIn(node["types"]).map((part) => keysOf({ ...meaning, node: part }, depth + 1));
      return each.some((keys) => keys === undefined) ? undefined : each.flatMap((keys) => keys ?? []);
    }
    if (node.type === "TSLiteralType") {
      const literal = node["literal"];
      const value = isNode(literal) ? literal["value"] : undefined;
      return typeof value === "string" ? [printedKey(value)] : undefined;
    }
    if (node.type !== "TSTypeReference") return undefined;
    const name = leftName(node["typeName"]) ?? "";
    const given = bound.get(name);
    if (given !== undefined) return keysOf(given, depth + 1);
    const found = files.find(name, path);
    return found === undefined ? undefined : keysOf(enter(meaning, found), depth + 1);
  }

  return { membersOf: (meaning) => membersOf(meaning), keysOf: (meaning) => keysOf(meaning), enter };
}

const deepest = 50;

/** The name of a plain reference; undefined for one with a namespace. */
export function leftName(node: unknown): string | undefined {
  return isNode(node) && node.type === "Identifier" ? nameOf(node) : undefined;
}

function argumentsOf(node: SyntaxNode): readonly SyntaxNode[] {
  return isNode(node["typeArguments"]) ? nodesIn(node["typeArguments"]["params"]) : [];
}

function parametersOf(node: SyntaxNode | undefined): readonly SyntaxNode[] {
  const parameters = node?.["typeParameters"];
  return isNode(parameters) ? nodesIn(parameters["params"]) : [];
}

function merged(all: readonly (Members | undefined)[]): Members | undefined {
  const present = all.filter((each) => each !== undefined);
  if (present.length < all.length) return undefined;
  const index = present.find((each) => each.index !== undefined)?.index;
  const fields = new Map(present.flatMap((each) => [...each.fields]));
  return index === undefined || fields.size > 0 ? { fields } : { fields, index };
}

function changed({ fields }: Members, optional: boolean): Members {
  return { fields: new Map([...fields].map(([key, field]) => [key, { ...field, optional }])) };
}

function keyOf(member: SyntaxNode): string {
  const key = member["key"];
  return printedKey(isNode(key) && key.type === "Identifier" ? nameOf(key) : String(isNode(key) ? key["value"] : ""));
}

function printedKey(name: string): string {
  // As a key of a literal, this one would set the prototype.
  if (name === "__proto__") return '["__proto__"]';
  return /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(name) ? name : JSON.stringify(name);
}
