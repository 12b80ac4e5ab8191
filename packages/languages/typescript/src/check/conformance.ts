import type { Spec } from "@jaunt/core";
import { declarationOf, declaredNames } from "../compose/spec-file.ts";
import { createTokenizer } from "../syntax/tokens.ts";
import type { SyntaxNode } from "../syntax/walk.ts";
import { compareClass } from "./conformance/compare-class.ts";
import { compareConst } from "./conformance/compare-const.ts";
import { compareOverloads } from "./conformance/compare-overloads.ts";
import { nameFinding } from "./conformance/mismatch.ts";
import { functionSignature, type Side } from "./conformance/signature.ts";
import type { Finding, Reply } from "./reply.ts";

/**
 * Whether every signature of the reply is the stub's, token by token: functions with all overloads, consts, classes with
 * their heading and every public and protected member. Being assignable is not enough: it lets callers' code change meaning.
 */
export function findConformanceProblems({ spec, parsed }: Reply): readonly Finding[] {
  const stub: Side = { parsed: spec.parsed, tokenizer: createTokenizer(spec.parsed) };
  const reply: Side = { parsed, tokenizer: createTokenizer(parsed) };
  return spec.module.specs.flatMap((each) => {
    const expected = spec.specStatements.get(each.name)?.map(declarationOf) ?? [];
    const received = parsed.body.filter((statement) => declaredNames(statement).includes(each.name)).map(declarationOf);
    return compareSpec(
      each,
      { side: stub, nodes: expected.filter(isImplementable) },
      { side: reply, nodes: received.filter(isImplementable) },
    );
  });
}

interface Declarations {
  readonly side: Side;
  readonly nodes: readonly SyntaxNode[];
}

function compareSpec(spec: Spec, stub: Declarations, reply: Declarations): readonly Finding[] {
  const [expected] = stub.nodes;
  const [received] = reply.nodes;
  if (expected === undefined || received === undefined) return [];
  const [wanted, given] = [kindOf(expected), kindOf(received)];
  if (wanted !== given) {
    const message = `${spec.name} is a ${wanted} in the spec and a ${given} in the reply.`;
    return [
      nameFinding(
        "conformance/kind",
        message,
        received,
        spec.name,
        reply.side,
        `Declare it as the spec does: \`export ${wanted} ${spec.name}\`.`,
      ),
    ];
  }
  switch (wanted) {
    case "class":
      return compareClass(spec, { side: stub.side, node: expected }, { side: reply.side, node: received });
    case "function":
      return compareOverloads(
        spec.name,
        stub.nodes.map((node) => functionSignature(node, stub.side)),
        reply.nodes.map((node) => functionSignature(node, reply.side)),
        reply.side,
      );
    default:
      return compareConst(spec.name, { side: stub.side, node: expected }, { side: reply.side, node: received });
  }
}

function isImplementable(node: SyntaxNode): boolean {
  return /^(?:FunctionDeclaration|TSDeclareFunction|ClassDeclaration|VariableDeclaration)$/.test(node.type);
}

function kindOf(node: SyntaxNode): string {
  if (node.type === "ClassDeclaration") return "class";
  return node.type === "VariableDeclaration" ? String(node["kind"]) : "function";
}
