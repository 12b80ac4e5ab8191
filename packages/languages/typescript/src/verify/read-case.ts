import type { Case, ExampleCase, PropertyCase, TestCase } from "@jaunt/core";
import { freeNames } from "../compose/references.ts";
import { importsOf } from "../compose/imports.ts";
import { readThrown, type ThrownError } from "../read/expectations.ts";
import { parseSource, type ParsedSource } from "../syntax/parse-source.ts";
import { isNode, walk, type SyntaxNode } from "../syntax/walk.ts";
import type { CaseScope } from "./case-scope.ts";
import { generatorsOf, type Generators } from "./generators.ts";
import { readTest, type TestScope } from "./read-test.ts";
import { seedOf } from "./seed.ts";

/** A case that can run: its code has been parsed, and every name in it leads somewhere. */
export type RunnableCase = RunnableExample | RunnableProperty | RunnableTest;

export interface RunnableExample {
  readonly case: ExampleCase;
  /** Statements that run first. */
  readonly setup: readonly string[];
  /** An expression. */
  readonly call: string;
  /** Whether the call awaits something itself. */
  readonly awaits: boolean;
  /** An expression: the value that is expected, or the class of the error; absent when there is neither. */
  readonly expected?: string;
  /** True when what is expected needs nothing but the language, so that it can be computed before any other code runs. */
  readonly isPure: boolean;
  readonly thrown?: ThrownError;
  /** Names to be imported. */
  readonly names: readonly string[];
}

export interface RunnableProperty {
  readonly case: PropertyCase;
  /** How values are made, in JavaScript, with fast-check as `fc`. */
  readonly generators: Generators;
  /** The same in TypeScript. */
  readonly typed: Generators;
  readonly seed: number;
  /** Names to be imported. */
  readonly names: readonly string[];
  /** Whether the condition asks the module under test, which then can be to blame when it never holds. */
  readonly asksModule: boolean;
}

export interface RunnableTest {
  readonly case: TestCase;
  readonly names: readonly string[];
}

/** A case as code that can run, or the reason why it is documentation only, or for a test, why it does not run here. */
export function readCase(example: Case, scope: CaseScope, tests: TestScope): RunnableCase | string {
  if (example.kind === "example") return readExample(example, scope);
  return example.kind === "property" ? readProperty(example, scope) : readTest(example, tests);
}

function readProperty(property: PropertyCase, scope: CaseScope): RunnableProperty | string {
  const { variables, given, invariant } = property;
  if (parseExpression(invariant, scope) === undefined) return 'what stands behind its "::" is no expression';
  if (given !== undefined && parseExpression(given, scope) === undefined) return "its condition is no expression";
  const names = variables.map(({ name }) => name).join(", ");
  const parsed = parseSource(scope.path, `async (${names}) => [${given ?? ""}\n, (${invariant}\n)]`);
  if (parsed.problems.length > 0) return "its variables are no names";
  const free = valueNames(parsed.body);
  const unknown = free.filter((name) => !scope.has(name) && !globals.has(name));
  if (unknown.length > 0) return `it uses ${unknown.join(", ")}, which the spec file neither exports nor imports`;
  const generators = generatorsOf(variables, { ...scope.types, fc: "fc", typed: false });
  if (typeof generators === "string") return generators;
  const typed = generatorsOf(variables, { ...scope.types, fc: "fc", typed: true });
  if (typeof typed === "string") return typed;
  const condition = given === undefined ? [] : valueNames(parseSource(scope.path, `(${given}\n)`).body);
  return {
    case: property,
    generators,
    typed,
    seed: seedOf(property.text),
    names: free.filter((name) => scope.has(name)),
    asksModule: condition.some((name) => scope.has(name) && !variables.some((each) => each.name === name)),
  };
}

function readExample(example: ExampleCase, scope: CaseScope): RunnableExample | string {
  const { call, expectation } = example;
  const parsedCall = parseExpression(call, scope);
  if (parsedCall === undefined) return "its call is no expression";
  const setup = readSetup(example.setup, scope);
  if (typeof setup === "string") return setup;
  const thrown = isThrown(expectation.kind) ? readThrown(expectation.value) : undefined;
  if (isThrown(expectation.kind) && thrown === undefined) return "it does not say plainly what is thrown";
  const expected = thrown === undefined ? expectation.value : classOf(thrown, scope);
  const parsedValue = expected === undefined ? undefined : parseExpression(expected, scope);
  if (thrown === undefined && (parsedValue === undefined || !isValue(parsedValue.body[0], scope)))
    return "what it comes to is no value";
  const code = [...setup, `(${call}\n)`, ...(expected === undefined ? [] : [`(${expected}\n)`])].join("\n;\n");
  const free = valueNames(parseSource(scope.path, code).body);
  const unknown = free.filter((name) => !scope.has(name) && !globals.has(name));
  if (unknown.length > 0) return `it uses ${unknown.join(", ")}, which the spec file neither exports nor imports`;
  return {
    case: example,
    setup,
    call,
    awaits: walkTypes(parsedCall).includes("AwaitExpression"),
    ...(expected === undefined ? {} : { expected }),
    isPure: parsedValue !== undefined && isPure(parsedValue, scope),
    ...(thrown === undefined ? {} : { thrown }),
    names: free.filter((name) => scope.has(name)),
  };
}

function isThrown(kind: ExampleCase["expectation"]["kind"]): boolean {
  return kind === "throws" || kind === "rejects";
}

/** The code when it is one expression and nothing else. */
function parseExpression(code: string, { path }: CaseScope): ParsedSource | undefined {
  const parsed = parseSource(path, `(${code}\n)`);
  const [statement] = parsed.body;
  if (parsed.problems.length > 0 || parsed.body.length !== 1 || statement === undefined) return undefined;
  const expression = statement["expression"];
  return isNode(expression) && expression.type === "ParenthesizedExpression" ? parsed : undefined;
}

/** Statements without what is no code, and without imports of names that are there anyway. */
function readSetup(statements: readonly string[], scope: CaseScope): readonly string[] | string {
  const kept: string[] = [];
  for (const statement of statements) {
    const parsed = parseSource(scope.path, statement);
    if (parsed.problems.length > 0) continue;
    const imported = parsed.body.flatMap((node) => importsOf(node, statement)).map(({ local }) => local);
    const missing = imported.find((name) => !scope.has(name));
    if (missing !== undefined) return `it imports ${missing}, which the spec file neither exports nor imports`;
    if (parsed.body.some(({ type }) => type.startsWith("Export"))) return "it exports something";
    if (parsed.body.some(changesLanguage)) return "it changes what the language provides";
    if (imported.length === 0) kept.push(statement);
  }
  return kept;
}

/** `Array.prototype.last = …`: the sandbox keeps the language as it is. The clock and chance may be set. */
function changesLanguage(statement: SyntaxNode): boolean {
  return [...walk([statement])].some(({ node }) => {
    const target = node.type === "AssignmentExpression" ? node["left"] : undefined;
    if (!isNode(target) || target.type !== "MemberExpression") return false;
    const path = memberPath(target);
    return languageNames.has(path[0] ?? "") && path.join(".") !== "Math.random" && path.join(".") !== "Date.now";
  });
}

function memberPath(node: SyntaxNode): readonly string[] {
  const { object, property } = node;
  const last = isNode(property) ? String(property["name"] ?? property["value"] ?? "") : "";
  if (!isNode(object)) return [last];
  return object.type === "MemberExpression" ? [...memberPath(object), last] : [String(object["name"] ?? ""), last];
}

/** The class of an error as an expression, when it can be had; otherwise its name has to do. */
function classOf({ name }: ThrownError, scope: CaseScope): string | undefined {
  const [first = ""] = name?.split(".") ?? [];
  return scope.has(first) || globals.has(first) ? name : undefined;
}

const valueTypes: ReadonlySet<string> = new Set([
  "ExpressionStatement",
  "ParenthesizedExpression",
  "Literal",
  "TemplateLiteral",
  "TemplateElement",
  "TaggedTemplateExpression",
  "ArrayExpression",
  "ObjectExpression",
  "Property",
  "SpreadElement",
  "Identifier",
  "UnaryExpression",
  "BinaryExpression",
  "NewExpression",
  "CallExpression",
  "MemberExpression",
  "ChainExpression",
  "AwaitExpression",
  "TSAsExpression",
  "TSSatisfiesExpression",
  "TSNonNullExpression",
]);

const valueNamesOfLanguage: ReadonlySet<string> = new Set(["undefined", "NaN", "Infinity"]);

/** Types, functions, unions and bare class names say something about a result, but are not what it equals. */
function isValue(statement: SyntaxNode | undefined, scope: CaseScope): boolean {
  if (statement === undefined) return false;
  for (const { node, parent } of walk([statement])) {
    if (parent?.type === "TSAsExpression" && node !== parent["expression"]) continue;
    if (node.type.startsWith("TS") && !valueTypes.has(node.type)) continue;
    if (!valueTypes.has(node.type)) return false;
    if (node.type === "BinaryExpression" && !/^[-+*/%]|\*\*$/.test(String(node["operator"]))) return false;
  }
  const inner = unwrapped(statement["expression"]);
  if (inner?.type !== "Identifier") return true;
  const name = String(inner["name"]);
  return valueNamesOfLanguage.has(name) || (scope.has(name) && !/^[A-Z][a-z]/.test(name));
}

function unwrapped(node: unknown): SyntaxNode | undefined {
  if (!isNode(node)) return undefined;
  return node.type === "ParenthesizedExpression" ? unwrapped(node["expression"]) : node;
}

function isPure(parsed: ParsedSource, scope: CaseScope): boolean {
  return (
    valueNames(parsed.body).every((name) => !scope.has(name)) &&
    walkTypes(parsed).every((type) => !type.startsWith("TS") && type !== "AwaitExpression")
  );
}

function walkTypes({ body }: ParsedSource): readonly string[] {
  return [...walk(body)].map(({ node }) => node.type);
}

function valueNames(body: readonly SyntaxNode[]): readonly string[] {
  return [...freeNames(body)].filter(([, neededAs]) => neededAs === "value").map(([name]) => name);
}

const globals: ReadonlySet<string> = new Set(Object.getOwnPropertyNames(globalThis));

/** What the sandbox makes unchangeable before the code under test is loaded. */
const languageNames: ReadonlySet<string> = new Set(
  [...globals].filter((name) => /^(?:[A-Z][A-Za-z0-9]*|globalThis)$/.test(name)),
);
