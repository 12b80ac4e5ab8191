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
  readonly [key: string]: unknown;
}

interface NamedFunction {
  readonly name: string;
  readonly parameters: readonly Node[];
}

/** A node and the named functions around it, innermost first. */
interface Place {
  readonly node: Node;
  readonly around: readonly NamedFunction[];
  readonly file: string;
}

/** All places, and where each function of a name is called. */
interface Sources {
  readonly places: readonly Place[];
  readonly calls: ReadonlyMap<string, readonly Place[]>;
}

/**
 * Every code of an error (an object with `code` and `exitCode`) and of a diagnostic (one with `code` and `severity`, or any text of the
 * form `family/problem` whose family is known or that is a `code`) in the shipped sources below `packages`. A code that a function is
 * given is looked for where that function is called.
 */
export function findCodes(packages: string, families: readonly string[]): readonly FoundCode[] {
  const sources = readSources(packages);
  return sources.places.flatMap((place): readonly FoundCode[] => {
    if (place.node.type === "Literal") return familyCode(place, families);
    return place.node.type === "ObjectExpression" ? objectCodes(place, sources) : [];
  });
}

function objectCodes({ node, around, file }: Place, sources: Sources): readonly FoundCode[] {
  const code = propertyOf(node, "code");
  if (code === undefined) return [];
  const exit = propertyOf(node, "exitCode");
  const isKnown = exit !== undefined || propertyOf(node, "severity") !== undefined;
  return textsOf({ node: code, around, file }, sources)
    .filter((text) => isKnown || /^[a-z]+\/[a-z0-9*-]+$/.test(text))
    .map((text) => ({
      kind: exit === undefined ? "diagnostic" : "error",
      code: text,
      file,
      ...(typeof exit?.["value"] === "number" ? { exit: exit["value"] } : {}),
    }));
}

function familyCode({ node: { value }, file }: Place, families: readonly string[]): readonly FoundCode[] {
  if (typeof value !== "string" || !/^[a-z]+\/[a-z0-9-]+$/.test(value)) return [];
  // A few families share their names with folders.
  if (!families.includes(value.split("/")[0] ?? "") || /^(test|tests|src)\//.test(value)) return [];
  return [{ kind: "diagnostic", code: value, file }];
}

const deepest = 4;

/** The texts that an expression may be; what is not known here becomes `*`. */
function textsOf(place: Place, sources: Sources, depth = 0): readonly string[] {
  const { node } = place;
  const inner = (child: unknown): readonly string[] => textsOf({ ...place, node: child as Node }, sources, depth);
  if (node.type === "Literal" && typeof node["value"] === "string") return [node["value"]];
  if (node.type === "ConditionalExpression") return [...inner(node["consequent"]), ...inner(node["alternate"])];
  if (node.type === "TemplateLiteral") return templateTexts(node, inner);
  if (node.type === "Identifier" && depth < deepest) return argumentTexts(String(node["name"]), place, sources, depth);
  return ["*"];
}

function templateTexts(node: Node, inner: (child: unknown) => readonly string[]): readonly string[] {
  const quasis = node["quasis"] as readonly { readonly value: { readonly cooked: string } }[];
  const expressions = node["expressions"] as readonly Node[];
  return expressions.reduce<readonly string[]>(
    (texts, expression, index) =>
      texts.flatMap((text) => inner(expression).map((each) => text + each + (quasis[index + 1]?.value.cooked ?? ""))),
    [quasis[0]?.value.cooked ?? ""],
  );
}

/** What calls of the function around give a parameter of it. */
function argumentTexts(name: string, { around, file }: Place, sources: Sources, depth: number): readonly string[] {
  for (const holder of around) {
    const index = holder.parameters.findIndex((parameter) => parameter["name"] === name);
    if (index === -1) continue;
    const calls = sources.calls.get(holder.name) ?? [];
    const own = calls.filter((call) => call.file === file);
    const given = (own.length > 0 ? own : calls).flatMap((call) => {
      const argument = (call.node["arguments"] as readonly Node[])[index];
      return argument === undefined ? [] : textsOf({ ...call, node: argument }, sources, depth + 1);
    });
    return given.length === 0 ? ["*"] : [...new Set(given)];
  }
  return ["*"];
}

function propertyOf(node: Node, name: string): Node | undefined {
  const properties = node["properties"] as readonly Node[];
  return properties.find(({ key }) => (key as Node | undefined)?.["name"] === name)?.["value"] as Node | undefined;
}

function readSources(packages: string): Sources {
  const places: Place[] = [];
  for (const path of sourceFiles(packages)) {
    const file = relative(packages, path).split(sep).join("/");
    collectPlaces(parseSync(path, readFileSync(path, "utf8")).program, file, [], places);
  }
  const calls = new Map<string, Place[]>();
  for (const place of places) {
    if (place.node.type !== "CallExpression") continue;
    const name = nameOf(place.node["callee"]);
    calls.set(name, [...(calls.get(name) ?? []), place]);
  }
  return { places, calls };
}

function collectPlaces(value: unknown, file: string, around: readonly NamedFunction[], places: Place[]): void {
  if (typeof value !== "object" || value === null) return;
  const isNode = "type" in value;
  const node = value as Node;
  const inside = isNode ? [...namedFunction(node), ...around] : around;
  if (isNode) places.push({ node, around, file });
  for (const child of Object.values(value)) collectPlaces(child, file, inside, places);
}

/** A function with a name of its own, or one that is the value of a constant. */
function namedFunction(node: Node): readonly NamedFunction[] {
  const holder = node.type === "VariableDeclarator" ? (node["init"] as Node | null) : node;
  if (holder?.type !== "FunctionDeclaration" && holder?.type !== "ArrowFunctionExpression") return [];
  const name = nameOf(node["id"]);
  return name === "" ? [] : [{ name, parameters: holder["params"] as readonly Node[] }];
}

function nameOf(node: unknown): string {
  return String((node as Node | null | undefined)?.["name"] ?? "");
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
