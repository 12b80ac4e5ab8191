import type { Case, ExampleCase } from "@jaunt/core";
import { freeNames } from "../compose/references.ts";
import { importsOf } from "../compose/imports.ts";
import { readThrown, type ThrownError } from "../read/expectations.ts";
import { parseSource, type ParsedSource } from "../syntax/parse-source.ts";
import { isNode, walk, type SyntaxNode } from "../syntax/walk.ts";
import type { CaseScope } from "./case-scope.ts";

/** A case that can run: its code has been parsed, and every name in it leads somewhere. */
export interface RunnableCase {
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

/** A case as code that can run, or the reason why it is documentation only. */
export function readCase(example: Case, scope: CaseScope): RunnableCase | string {
  if (example.kind !== "example") return "only examples can be run so far";
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
    if (imported.length === 0) kept.push(statement);
  }
  return kept;
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
