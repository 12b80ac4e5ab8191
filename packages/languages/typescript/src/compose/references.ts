import { childrenOf, isNode, nodesIn, type SyntaxNode } from "../syntax/walk.ts";

/** Whether a name is needed when the code runs, or only by its types. */
export type NeededAs = "value" | "type";

/**
 * The names that statements use without declaring them, globals included. Scopes are followed as the compiler does:
 * parameters, locals, type parameters and `infer` hide outer names, types and values apart.
 */
export function freeNames(statements: readonly SyntaxNode[]): ReadonlyMap<string, NeededAs> {
  const root = newScope(undefined, true);
  const references: Reference[] = [];
  const stack: Visit[] = [];
  const walker: Walker = {
    visit: (node, scope, inType = false) => {
      for (const each of nodesIn(node)) stack.push({ node: each, scope, inType });
    },
    refer: (node, scope, space, neededAs) => {
      const name = leftmostName(node);
      if (name === undefined) walker.visit(node, scope);
      else references.push({ name, scope, space, neededAs });
    },
  };
  walker.visit(statements, root);
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    const handle = handlers[next.node.type] ?? visitChildren;
    handle(next.node, next.scope, walker, next.inType);
  }
  return unresolved(references);
}

interface Scope {
  readonly parent: Scope | undefined;
  /** Whether `var` declarations stop here. */
  readonly holdsVar: boolean;
  readonly values: Set<string>;
  readonly types: Set<string>;
}

interface Reference {
  readonly name: string;
  readonly scope: Scope;
  readonly space: "values" | "types";
  readonly neededAs: NeededAs;
}

interface Visit {
  readonly node: SyntaxNode;
  readonly scope: Scope;
  /** In types and ambient declarations, where values are only asked for their type. */
  readonly inType: boolean;
}

interface Walker {
  /** Goes on with a node, a list of nodes or nothing. */
  visit(node: unknown, scope: Scope, inType?: boolean): void;
  /** Notes a name, or the first name of a qualified one. */
  refer(node: unknown, scope: Scope, space: Reference["space"], neededAs: NeededAs): void;
}

type Handler = (node: SyntaxNode, scope: Scope, walker: Walker, inType: boolean) => void;

function newScope(parent: Scope | undefined, holdsVar = false): Scope {
  return { parent, holdsVar, values: new Set(), types: new Set() };
}

function unresolved(references: readonly Reference[]): ReadonlyMap<string, NeededAs> {
  const free = new Map<string, NeededAs>();
  for (const { name, scope, space, neededAs } of references) {
    if (isDeclared(name, scope, space)) continue;
    if (neededAs === "value" || !free.has(name)) free.set(name, neededAs);
  }
  return free;
}

function isDeclared(name: string, scope: Scope, space: Reference["space"]): boolean {
  for (let current: Scope | undefined = scope; current !== undefined; current = current.parent) {
    if (current[space].has(name)) return true;
  }
  return false;
}

const visitChildren: Handler = (node, scope, walker, inType) => {
  for (const child of childrenOf(node)) walker.visit(child.node, scope, inType);
};

const skip: Handler = () => {};

const visitInNewScope: Handler = (node, scope, walker, inType) => visitChildren(node, newScope(scope), walker, inType);

const visitKeyed: Handler = (node, scope, walker, inType) => {
  for (const child of childrenOf(node)) {
    if (child.key !== "key" || node["computed"] === true) walker.visit(child.node, scope, inType);
  }
};

const visitFunction: Handler = (node, scope, walker, inType) => {
  const own = newScope(scope);
  if (node.type === "FunctionExpression") declare(node["id"], own, ["values"]);
  else declare(node["id"], scope, ["values"]);
  const ambient = inType || node["declare"] === true;
  walker.visit(node["typeParameters"], own);
  for (const parameter of nodesIn(node["params"])) declarePattern(parameter, own, walker, "values", ambient);
  walker.visit(node["returnType"], own);
  const body = node["body"];
  if (isNode(body)) walker.visit(body.type === "BlockStatement" ? body["body"] : body, newScope(own, true));
};

const visitClass: Handler = (node, scope, walker, inType) => {
  const own = newScope(scope);
  const ambient = inType || node["declare"] === true;
  declare(node["id"], node.type === "ClassExpression" ? own : scope, ["values", "types"]);
  walker.visit(node["decorators"], scope);
  walker.visit(node["typeParameters"], own);
  if (ambient) walker.refer(node["superClass"], own, "values", "type");
  else walker.visit(node["superClass"], own);
  walker.visit(node["superTypeArguments"], own);
  walker.visit(node["implements"], own);
  walker.visit(node["body"], own, ambient);
};

/** Function types, call, construct and method signatures: type parameters and parameters are theirs alone. */
const visitSignature: Handler = (node, scope, walker) => {
  const own = newScope(scope);
  if (node["computed"] === true) walker.visit(node["key"], scope, true);
  walker.visit(node["typeParameters"], own);
  for (const parameter of nodesIn(node["params"] ?? node["parameters"]))
    declarePattern(parameter, own, walker, "values", true);
  walker.visit(node["returnType"], own);
  walker.visit(node["typeAnnotation"], own);
};

const visitTypeDeclaration: Handler = (node, scope, walker) => {
  declare(node["id"], scope, ["types"]);
  const own = newScope(scope);
  walker.visit(
    [
      ...nodesIn(node["typeParameters"]),
      ...nodesIn(node["extends"]),
      ...nodesIn(node["body"]),
      ...nodesIn(node["typeAnnotation"]),
    ],
    own,
    true,
  );
};

const referToType: Handler = (node, scope, walker) => {
  walker.refer(node["typeName"] ?? node["expression"], scope, "types", "type");
  walker.visit(node["typeArguments"], scope);
};

const handlers: Readonly<Record<string, Handler>> = {
  Identifier: (node, scope, walker, inType) => walker.refer(node, scope, "values", inType ? "type" : "value"),
  FunctionDeclaration: visitFunction,
  FunctionExpression: visitFunction,
  ArrowFunctionExpression: visitFunction,
  TSDeclareFunction: visitFunction,
  TSEmptyBodyFunctionExpression: visitFunction,
  ClassDeclaration: visitClass,
  ClassExpression: visitClass,
  MethodDefinition: visitKeyed,
  PropertyDefinition: visitKeyed,
  AccessorProperty: visitKeyed,
  TSAbstractMethodDefinition: visitKeyed,
  TSAbstractPropertyDefinition: visitKeyed,
  TSAbstractAccessorProperty: visitKeyed,
  Property: visitKeyed,
  TSPropertySignature: (node, scope, walker) => visitKeyed(node, scope, walker, true),
  TSMethodSignature: visitSignature,
  TSCallSignatureDeclaration: visitSignature,
  TSConstructSignatureDeclaration: visitSignature,
  TSFunctionType: visitSignature,
  TSConstructorType: visitSignature,
  TSIndexSignature: visitSignature,
  VariableDeclaration: (node, scope, walker, inType) => {
    const target = node["kind"] === "var" ? varScope(scope) : scope;
    for (const declarator of nodesIn(node["declarations"])) {
      declarePattern(declarator["id"], target, walker, "values", inType || node["declare"] === true);
      walker.visit(declarator["init"], scope, inType);
    }
  },
  BlockStatement: visitInNewScope,
  ForStatement: visitInNewScope,
  ForInStatement: visitInNewScope,
  ForOfStatement: visitInNewScope,
  SwitchStatement: visitInNewScope,
  StaticBlock: (node, scope, walker) => walker.visit(node["body"], newScope(scope, true)),
  CatchClause: (node, scope, walker) => {
    const own = newScope(scope);
    declarePattern(node["param"], own, walker, "values", false);
    walker.visit(node["body"], own);
  },
  LabeledStatement: (node, scope, walker) => walker.visit(node["body"], scope),
  BreakStatement: skip,
  ContinueStatement: skip,
  MetaProperty: skip,
  MemberExpression: (node, scope, walker, inType) => {
    walker.visit(node["object"], scope, inType);
    if (node["computed"] === true) walker.visit(node["property"], scope, inType);
  },
  ImportDeclaration: (node, scope) => {
    for (const specifier of nodesIn(node["specifiers"])) declare(specifier["local"], scope, ["values", "types"]);
  },
  TSImportEqualsDeclaration: (node, scope, walker) => {
    declare(node["id"], scope, ["values", "types"]);
    const reference = node["moduleReference"];
    if (isNode(reference) && reference.type !== "TSExternalModuleReference")
      walker.refer(reference, scope, "values", "value");
  },
  ExportAllDeclaration: skip,
  ExportNamedDeclaration: (node, scope, walker) => {
    walker.visit(node["declaration"], scope);
    if (node["source"]) return;
    for (const specifier of nodesIn(node["specifiers"])) {
      const typeOnly = node["exportKind"] === "type" || specifier["exportKind"] === "type";
      walker.refer(specifier["local"], scope, "values", typeOnly ? "type" : "value");
    }
  },
  TSTypeAliasDeclaration: visitTypeDeclaration,
  TSInterfaceDeclaration: visitTypeDeclaration,
  TSEnumDeclaration: (node, scope, walker) => {
    declare(node["id"], scope, ["values", "types"]);
    const own = newScope(scope);
    const body = node["body"];
    for (const member of isNode(body) ? nodesIn(body["members"]) : []) {
      declare(member["id"], own, ["values"]);
      walker.visit(member["initializer"], own);
    }
  },
  TSModuleDeclaration: (node, scope, walker) => {
    if (node["kind"] !== "global") declare(node["id"], scope, ["values", "types"]);
    walker.visit(node["body"], scope, node["declare"] === true);
  },
  TSModuleBlock: (node, scope, walker, inType) => visitChildren(node, newScope(scope, true), walker, inType),
  TSTypeReference: referToType,
  TSInterfaceHeritage: referToType,
  TSClassImplements: referToType,
  TSTypeQuery: (node, scope, walker) => {
    const name = node["exprName"];
    if (isNode(name) && name.type === "TSImportType") walker.visit(name, scope);
    else walker.refer(name, scope, "values", "type");
    walker.visit(node["typeArguments"], scope);
  },
  TSImportType: (node, scope, walker) => walker.visit(node["typeArguments"], scope),
  TSTypePredicate: (node, scope, walker) => walker.visit(node["typeAnnotation"], scope),
  TSTypeParameter: (node, scope, walker) => {
    declare(node["name"], scope, ["types"]);
    walker.visit(node["constraint"], scope);
    walker.visit(node["default"], scope);
  },
  TSConditionalType: visitInNewScope,
  TSMappedType: (node, scope, walker) => {
    const own = newScope(scope);
    declare(node["key"], own, ["types"]);
    walker.visit(
      [...nodesIn(node["constraint"]), ...nodesIn(node["nameType"]), ...nodesIn(node["typeAnnotation"])],
      own,
    );
  },
  TSNamedTupleMember: (node, scope, walker) => walker.visit(node["elementType"], scope),
  JSXOpeningElement: (node, scope, walker) => {
    // The classic transform calls `React.createElement`.
    walker.refer({ type: "Identifier", start: node.start, end: node.start, name: "React" }, scope, "values", "value");
    visitChildren(node, scope, walker, false);
  },
  JSXClosingElement: skip,
  JSXOpeningFragment: (node, scope, walker) =>
    walker.refer({ type: "Identifier", start: node.start, end: node.start, name: "React" }, scope, "values", "value"),
  JSXIdentifier: (node, scope, walker) => {
    if (/^[^a-z]/.test(String(node["name"]))) walker.refer(node, scope, "values", "value");
  },
  JSXMemberExpression: (node, scope, walker) => walker.refer(node, scope, "values", "value"),
  JSXNamespacedName: skip,
  JSXAttribute: (node, scope, walker) => walker.visit(node["value"], scope),
};

function varScope(scope: Scope): Scope {
  let current = scope;
  while (!current.holdsVar && current.parent !== undefined) current = current.parent;
  return current;
}

function declare(name: unknown, scope: Scope, spaces: readonly Reference["space"][]): void {
  const text = leftmostName(name);
  if (text !== undefined) for (const space of spaces) scope[space].add(text);
}

/** Declares the names of a binding pattern and goes on with its types, defaults, computed keys and decorators. */
function declarePattern(
  pattern: unknown,
  scope: Scope,
  walker: Walker,
  space: Reference["space"],
  inType: boolean,
): void {
  const pending = [...nodesIn(pattern)];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    walker.visit(next["decorators"], scope);
    walker.visit(next["typeAnnotation"], scope);
    if (next.type === "Identifier") declare(next, scope, [space]);
    if (next.type === "AssignmentPattern") walker.visit(next["right"], scope, inType);
    if (next.type === "Property" && next["computed"] === true) walker.visit(next["key"], scope, inType);
    for (const key of patternParts[next.type] ?? []) pending.push(...nodesIn(next[key]));
  }
}

const patternParts: Readonly<Record<string, readonly string[]>> = {
  ObjectPattern: ["properties"],
  ArrayPattern: ["elements"],
  Property: ["value"],
  AssignmentPattern: ["left"],
  RestElement: ["argument"],
  TSParameterProperty: ["parameter"],
};

/** `a` of `a`, `a.b.c` and the like; undefined for anything that is no plain name. */
function leftmostName(node: unknown): string | undefined {
  let current = node;
  while (isNode(current) && (current.type === "TSQualifiedName" || current.type === "JSXMemberExpression")) {
    current = current["left"] ?? current["object"];
  }
  if (isNode(current) && current.type === "MemberExpression" && current["computed"] !== true)
    return leftmostName(current["object"]);
  if (!isNode(current) || (current.type !== "Identifier" && current.type !== "JSXIdentifier")) return undefined;
  return typeof current["name"] === "string" ? current["name"] : undefined;
}
