import type { Diagnostic } from "@jaunt/core";
import type { ParsedSource } from "../syntax/parse-source.ts";
import { nodesIn, type SyntaxNode } from "../syntax/walk.ts";
import { nameSpan, refusal } from "./refusal.ts";
import type { TopLevel } from "./top-level.ts";

/** Specs in a test root that no runner could call: all but functions without parameters. */
export function refuseTests(parsed: ParsedSource, specs: readonly TopLevel[]): readonly Diagnostic[] {
  return specs
    .filter(({ node }) => !isTest(node))
    .map((part) =>
      refusal(
        parsed,
        nameSpan(part),
        "no-test",
        `${part.name} is in a test root, where every spec is a test: a function without parameters.`,
        "Write `export function name(): void`, or move it to a source root.",
      ),
    );
}

function isTest(node: SyntaxNode): boolean {
  const callable = node.type === "VariableDeclarator" ? nodesIn(node["init"])[0] : node;
  return callable !== undefined && /Function/.test(callable.type) && nodesIn(callable["params"]).length === 0;
}
