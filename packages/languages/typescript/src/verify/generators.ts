import type { PropertyVariable } from "@jaunt/core";
import { parseSource } from "../syntax/parse-source.ts";
import { isNode, nodesIn, type SyntaxNode } from "../syntax/walk.ts";
import { createObjectTypes, leftName, type Meaning } from "./object-types.ts";
import type { FoundType, TypeFiles } from "./type-files.ts";

/** A named generator that others are built from: `const anyEmail = fc.record({ … });`. */
export interface GeneratorConst {
  readonly name: string;
  readonly code: string;
  /** Types of the spec file that the code names. */
  readonly types: readonly string[];
}

/** How the values of some variables are made, as code that uses fast-check under the name it was given. */
export interface Generators {
  readonly consts: readonly GeneratorConst[];
  /** One expression for each variable. */
  readonly expressions: readonly string[];
}

export interface GeneratorOptions {
  readonly files: TypeFiles;
  /** The file in which the variables' types stand. */
  readonly path: string;
  /** Name of fast-check's module in the code. */
  readonly fc: string;
  /** Whether the code is TypeScript: recursive types need to be named then. */
  readonly typed: boolean;
  /** Whether a type of that name can be imported where the code stands. */
  canImport(found: FoundType): boolean;
}

/** Code that makes values of the variables' types, or the reason why there is none. */
export function generatorsOf(variables: readonly PropertyVariable[], options: GeneratorOptions): Generators | string {
  const cyclic = new Set<string>();
  const first = attempt(variables, options, cyclic);
  // Which types lead back to themselves is known only after all have been seen.
  return cyclic.size === 0 ? first : attempt(variables, options, cyclic);
}

const spaces = "  ";

function attempt(
  variables: readonly PropertyVariable[],
  { files, path, fc, typed, canImport }: GeneratorOptions,
  cyclic: Set<string>,
): Generators | string {
  const tied = cyclic.size > 0;
  const problems: string[] = [];
  const consts = new Map<string, GeneratorConst>();
  /** Named types that are being written, from the outside in. */
  const open: string[] = [];
  const tiedTypes = new Map<string, { readonly code: string; readonly type: string }>();

  const fail = (reason: string): string => {
    problems.push(reason);
    return `${fc}.constant(undefined)`;
  };
  const objects = createObjectTypes(files, fail);

  function shared(name: string, code: string): string {
    consts.set(name, { name, code, types: [] });
    return name;
  }

  function write(meaning: Meaning): string {
    const { node } = meaning;
    const inner = (each: unknown): string =>
      isNode(each) ? write({ ...meaning, node: each }) : fail("a part of its type is missing");
    switch (node.type) {
      case "TSParenthesizedType":
      case "TSNamedTupleMember":
        return inner(node["typeAnnotation"] ?? node["elementType"]);
      case "TSArrayType":
        return array(inner(node["elementType"]));
      case "TSTypeOperator":
        return node["operator"] === "readonly"
          ? inner(node["typeAnnotation"])
          : fail(`it uses ${String(node["operator"])}`);
      case "TSTupleType": {
        const elements = nodesIn(node["elementTypes"]);
        if (
          elements.some(({ type, optional }) => type === "TSRestType" || type === "TSOptionalType" || optional === true)
        )
          return fail("it uses a tuple of no fixed length");
        return `${fc}.tuple(${elements.map(inner).join(", ")})`;
      }
      case "TSLiteralType":
        return `${fc}.constant(${textOf(meaning, node)})`;
      case "TSUnionType":
        return union(meaning);
      case "TSFunctionType": {
        const result = node["returnType"];
        return `${fc}.func(${inner(isNode(result) ? result["typeAnnotation"] : undefined)})`;
      }
      case "TSTypeLiteral":
      case "TSIntersectionType":
        return record(meaning);
      case "TSTypeReference":
        return reference(meaning);
      default:
        return keyword(node.type) ?? fail(`${textOf(meaning, node)} is no type that values can be made of`);
    }
  }

  function keyword(type: string): string | undefined {
    if (type === "TSNumberKeyword") return anyNumber();
    if (type === "TSStringKeyword") return `${fc}.string()`;
    if (type === "TSBooleanKeyword") return `${fc}.boolean()`;
    if (type === "TSBigIntKeyword") return `${fc}.bigInt()`;
    if (type === "TSNullKeyword") return `${fc}.constant(null)`;
    if (type === "TSUndefinedKeyword" || type === "TSVoidKeyword") return `${fc}.constant(undefined)`;
    return type === "TSUnknownKeyword" || type === "TSAnyKeyword" ? `${fc}.jsonValue()` : undefined;
  }

  function anyNumber(): string {
    const small = `${fc}.integer({ min: -100, max: 100 })`;
    const double = `${fc}.double({ noNaN: true, noDefaultInfinity: true })`;
    return shared("anyNumber", `${fc}.oneof({ withCrossShrink: true }, ${small}, ${double})`);
  }

  function array(element: string): string {
    if (!element.includes("tie(")) return `${fc}.array(${element})`;
    const some = `${fc}.array(${element}, { maxLength: 3 })`;
    return `${fc}.oneof({ depthIdentifier: "types", maxDepth: 3 }, ${fc}.constant([]), ${some})`;
  }

  function union(meaning: Meaning): string {
    const members = nodesIn(meaning.node["types"]).flatMap((each) => flattened(each));
    const isNil = ({ type }: SyntaxNode): boolean => type === "TSNullKeyword" || type === "TSUndefinedKeyword";
    if (members.every((each) => each.type === "TSLiteralType" || isNil(each)))
      return `${fc}.constantFrom(${members.map((each) => textOf(meaning, each)).join(", ")})`;
    const all = members.map((each) => write({ ...meaning, node: each }));
    // The first is taken where no deeper one may be, and when a failure is made smaller.
    const written = tied
      ? [...all.filter((each) => !each.includes("tie(")), ...all.filter((each) => each.includes("tie("))]
      : all;
    const bounds = tied ? '{ depthIdentifier: "types", maxDepth: 4, withCrossShrink: true }, ' : "";
    return `${fc}.oneof(${bounds}${written.join(", ")})`;
  }

  function record(meaning: Meaning): string {
    const members = objects.membersOf(meaning);
    if (members === undefined) return `${fc}.constant(undefined)`;
    const { fields, index } = members;
    if (index !== undefined) return dictionary(`${fc}.string()`, write(index));
    const model = [...fields].map(([key, field]) => `${key}: ${write(field.type)}`);
    const required = [...fields].filter(([, { optional }]) => !optional).map(([key]) => asString(key));
    const keys = required.length === fields.size ? "" : `, requiredKeys: [${required.join(", ")}]`;
    return `${fc}.record({ ${model.join(", ")} }, { noNullPrototype: true${keys} })`;
  }

  function dictionary(key: string, value: string): string {
    return `${fc}.dictionary(${key}, ${value}, { noNullPrototype: true })`;
  }

  function reference(meaning: Meaning): string {
    const { node, path: from, bound } = meaning;
    const name = leftName(node["typeName"]);
    if (name === undefined) return fail(`${textOf(meaning, node)} is a name of a namespace`);
    const given = bound.get(name);
    if (given !== undefined) return write(given);
    const found = files.find(name, from);
    if (found !== undefined) return named(meaning, found);
    const args = nodesIn(isNode(node["typeArguments"]) ? node["typeArguments"]["params"] : undefined);
    return builtin(meaning, name, args) ?? fail(`${name} is no type of the project's files that values can be made of`);
  }

  function named(meaning: Meaning, found: FoundType): string {
    const [first] = found.nodes;
    if (first?.type === "ClassDeclaration") return fail(`${found.name} is a class`);
    if (first?.type === "TSEnumDeclaration") return fail(`${found.name} is an enum`);
    const own = objects.enter(meaning, found);
    const code = (): string => (first?.type === "TSTypeAliasDeclaration" ? write(own) : record(own));
    const id = `${found.path}#${found.name}`;
    const isGeneric = own.bound.size > 0;
    if (cyclic.has(id) && tied) return isGeneric ? fail(`${found.name} is recursive and generic`) : tiedTo(found, code);
    if (open.includes(id)) {
      for (const each of open.slice(open.indexOf(id))) cyclic.add(each);
      return `${fc}.constant(undefined)`;
    }
    open.push(id);
    const written = isGeneric ? code() : constOf(found, code());
    open.pop();
    return written;
  }

  function constOf(found: FoundType, code: string): string {
    // A name for what is short anyway would only be in the way.
    return code.startsWith(`${fc}.record`)
      ? shared(`any${found.name[0]?.toUpperCase()}${found.name.slice(1)}`, code)
      : code;
  }

  const tie = ({ name }: FoundType): string => `tie(${JSON.stringify(name)})`;

  function tiedTo(found: FoundType, code: () => string): string {
    if (typed && !canImport(found))
      return fail(`${found.name} is recursive and the spec file neither exports nor imports it`);
    if (!tiedTypes.has(found.name)) {
      tiedTypes.set(found.name, { code: "", type: found.name });
      tiedTypes.set(found.name, { code: code(), type: found.name });
    }
    return tie(found);
  }

  function builtin(meaning: Meaning, name: string, args: readonly SyntaxNode[]): string | undefined {
    const argument = (index: number): string => {
      const node = args[index];
      return node === undefined ? fail(`${name} lacks a type argument`) : write({ ...meaning, node });
    };
    if (name === "Array" || name === "ReadonlyArray") return array(argument(0));
    if (name === "Set" || name === "ReadonlySet") return `${fc}.set(${argument(0)})`;
    if (name === "Map" || name === "ReadonlyMap") return `${fc}.map(${argument(0)}, ${argument(1)})`;
    if (name === "Readonly" || name === "NonNullable") return argument(0);
    if (name === "Record") return recordOf(meaning, args);
    if (["Partial", "Required", "Pick", "Omit"].includes(name)) return record(meaning);
    if (name === "int" && args.length > 0) return range(meaning, args);
    return simple[name]?.(fc);
  }

  /** `int<1, 6>`: the type that the language lacks. */
  function range(meaning: Meaning, args: readonly SyntaxNode[]): string {
    const [min = Number.NaN, max = Number.NaN] = args.map((each) => Number(textOf(meaning, each)));
    if (args.length !== 2 || !Number.isSafeInteger(min) || !Number.isSafeInteger(max) || min > max)
      return fail("int<…> takes a smallest and a largest integer");
    return `${fc}.integer({ min: ${String(min)}, max: ${String(max)} })`;
  }

  function recordOf(meaning: Meaning, [key, value]: readonly SyntaxNode[]): string {
    if (key === undefined || value === undefined) return fail("Record lacks a type argument");
    const written = write({ ...meaning, node: value });
    if (key.type === "TSStringKeyword") return dictionary(`${fc}.string()`, written);
    const keys = objects.keysOf({ ...meaning, node: key });
    if (keys === undefined) return fail(`${textOf(meaning, key)} are no keys that can be listed`);
    return `${fc}.record({ ${keys.map((each) => `${each}: ${written}`).join(", ")} }, { noNullPrototype: true })`;
  }

  const textOf = (meaning: Meaning, node: SyntaxNode): string =>
    (meaning.text ?? files.textOf(meaning.path) ?? "").slice(node.start, node.end);

  const expressions = variables.map(({ type }) => {
    const text = `type T = ${type};`;
    const parsed = parseSource("variable.ts", text);
    const node = parsed.body[0]?.["typeAnnotation"];
    if (parsed.problems.length > 0 || parsed.body.length !== 1 || !isNode(node)) return fail(`${type} is no type`);
    return write({ node, path, text, bound: new Map() });
  });
  const [problem] = problems;
  if (problem !== undefined) return problem;
  const all = [...consts.values()];
  if (tiedTypes.size === 0) return { consts: all, expressions };
  const needsTypes = all.findIndex(({ code }) => code.includes("tie("));
  const at = needsTypes === -1 ? all.length : needsTypes;
  const after = all.slice(at).map((each) => ({ ...each, code: untied(each.code) }));
  return {
    consts: [...all.slice(0, at), letrec([...tiedTypes], fc, typed), ...after],
    expressions: expressions.map(untied),
  };
}

function letrec(
  types: readonly (readonly [name: string, written: { readonly code: string; readonly type: string }])[],
  fc: string,
  typed: boolean,
): GeneratorConst {
  const types_ = typed ? `<{ ${types.map(([name, { type }]) => `${name}: ${type}`).join("; ")} }>` : "";
  const entries = types.map(([name, { code }]) => `${spaces}${name}: ${code},\n`).join("");
  return {
    name: "types",
    code: `${fc}.letrec${types_}((tie) => ({\n${entries}}))`,
    types: types.map(([name]) => name),
  };
}

function untied(expression: string): string {
  return expression.replaceAll(/\btie\("([^"]+)"\)/g, "types.$1");
}

function flattened(node: SyntaxNode): readonly SyntaxNode[] {
  if (node.type === "TSParenthesizedType" && isNode(node["typeAnnotation"])) return flattened(node["typeAnnotation"]);
  return node.type === "TSUnionType" ? nodesIn(node["types"]).flatMap(flattened) : [node];
}

/** A key as it stands in an object, as a string. */
function asString(key: string): string {
  return /^["']/.test(key) ? key : JSON.stringify(key);
}

const simple: Readonly<Record<string, (fc: string) => string>> = {
  int: (fc) => `${fc}.integer()`,
  integer: (fc) => `${fc}.integer()`,
  nat: (fc) => `${fc}.nat()`,
  double: (fc) => `${fc}.double()`,
  Date: (fc) => `${fc}.date({ noInvalidDate: true })`,
  Uint8Array: (fc) => `${fc}.uint8Array()`,
};
