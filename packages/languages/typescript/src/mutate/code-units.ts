import type { SpecSource } from "@jaunt/core";
import { bodyOf, isField, isPrivate, memberKey, membersOf } from "../compose/members.ts";
import { freeNames } from "../compose/references.ts";
import { declarationOf, declaredNames, readSpecFile, type SpecFile } from "../compose/spec-file.ts";
import type { ParsedSource } from "../syntax/parse-source.ts";
import { nodesIn, type SyntaxNode } from "../syntax/walk.ts";
import { child, isFunction } from "./nodes.ts";

/** A function, value or class member that a model wrote. */
export interface CodeUnit {
  /** Names of the specs that it works for, in the order of the spec file. */
  readonly specs: readonly string[];
  readonly code: SyntaxNode;
  /** Parts of it that the spec says: parameters with their defaults. */
  readonly signature: readonly SyntaxNode[];
}

/**
 * The code of a generated file that a model wrote, in source order. A private helper works for each spec that uses it, directly or
 * through other helpers; one that no spec uses is left out, as are copied types and the members of a class that a person wrote.
 */
export function codeUnits(source: SpecSource, parsed: ParsedSource): readonly CodeUnit[] {
  const file = readSpecFile(source);
  const specNames = source.module.specs.map(({ name }) => name);
  const statements = parsed.body.filter((statement) =>
    declaredNames(statement).some((name) => !file.handWritten.has(name)),
  );
  const owners = findOwners(statements, specNames);
  return statements.flatMap((statement): readonly CodeUnit[] => {
    const specs = specNames.filter((name) => owners.get(statement)?.has(name));
    if (specs.length === 0) return [];
    const isSpec = declaredNames(statement).some((name) => specNames.includes(name));
    return codeOf(statement, isSpec, file, parsed.text).map((piece) => ({ specs, ...piece }));
  });
}

/** For each statement, the specs that it declares or that come to it through private helpers. */
function findOwners(
  statements: readonly SyntaxNode[],
  specNames: readonly string[],
): ReadonlyMap<SyntaxNode, ReadonlySet<string>> {
  const owners = new Map<SyntaxNode, Set<string>>(statements.map((statement) => [statement, new Set()]));
  const uses = new Map(statements.map((statement) => [statement, freeNames([statement])]));
  const declares = (statement: SyntaxNode, name: string): boolean => declaredNames(statement).includes(name);
  for (const spec of specNames) {
    const reached = new Set(statements.filter((statement) => declares(statement, spec)));
    // A set is iterated together with what is added on the way.
    for (const statement of reached) {
      owners.get(statement)?.add(spec);
      for (const name of uses.get(statement)?.keys() ?? []) {
        if (specNames.includes(name)) continue;
        for (const helper of statements) if (declares(helper, name)) reached.add(helper);
      }
    }
  }
  return owners;
}

type Piece = Omit<CodeUnit, "specs">;

/** The pieces of a statement that are code of a model: functions, values, members. */
function codeOf(statement: SyntaxNode, isSpec: boolean, file: SpecFile, text: string): readonly Piece[] {
  const declaration = declarationOf(statement);
  if (declaration.type === "VariableDeclaration") {
    return nodesIn(declaration["declarations"]).flatMap((declarator) => pieceOf(child(declarator, "init"), isSpec));
  }
  if (declaration.type === "ClassDeclaration") return memberCode(declaration, isSpec, file, text);
  return declaration.type === "FunctionDeclaration" ? pieceOf(declaration, isSpec) : [];
}

function pieceOf(code: SyntaxNode | undefined, isSpec: boolean): readonly Piece[] {
  if (code === undefined) return [];
  return [{ code, signature: isSpec && isFunction(code) ? nodesIn(code["params"]) : [] }];
}

function memberCode(declaration: SyntaxNode, isSpec: boolean, file: SpecFile, text: string): readonly Piece[] {
  const kept = isSpec ? keptMembers(String(child(declaration, "id")?.["name"]), file) : undefined;
  return membersOf(declaration).flatMap((member): readonly Piece[] => {
    if (kept?.has(memberKey(member, text)) === true) return [];
    if (member.type === "StaticBlock") return [{ code: member, signature: [] }];
    return pieceOf(child(member, "value"), isSpec && !isPrivate(member));
  });
}

/** Keys of the members that a person wrote. */
function keptMembers(name: string, { module, parsed, specStatements }: SpecFile): ReadonlySet<string> {
  const spec = module.specs.find((each) => each.name === name);
  if (spec === undefined) return new Set();
  const generated = new Set(spec.members.filter((member) => member.generated).map(({ bodySpan }) => bodySpan?.start));
  const members = (specStatements.get(name) ?? []).flatMap((statement) => membersOf(declarationOf(statement)));
  return new Set(
    members
      .filter((member) => {
        if (isField(member)) return child(member, "value") !== undefined;
        const body = bodyOf(member);
        return body === undefined ? member.type === "StaticBlock" : !generated.has(body.start);
      })
      .map((member) => memberKey(member, parsed.text)),
  );
}
