import type { Diagnostic } from "@jaunt/core";
import { nodesIn, visitNodes, type SyntaxNode } from "../syntax/walk.ts";
import { firstLine, refusal, type SpecFileParts } from "./refusal.ts";

/** What the compiler forbids in a `declare`, but neither the parser nor an editor without the project says. */
export function refuseAmbient({ parsed, specs }: SpecFileParts): readonly Diagnostic[] {
  const refuse = (node: SyntaxNode, code: string, message: string, hint: string): Diagnostic =>
    refusal(parsed, firstLine(node), code, message, hint);
  return specs
    .filter((part) => part.ambient)
    .flatMap(({ node, name }) => [node, ...membersOf(node)].flatMap((part) => mistakesOf(part, name, refuse)));
}

type Refuse = (node: SyntaxNode, code: string, message: string, hint: string) => Diagnostic;

const otherForm = "or write the spec with a `magic(...)` body.";

function mistakesOf(node: SyntaxNode, name: string, refuse: Refuse): readonly Diagnostic[] {
  const callable = node.type === "MethodDefinition" ? (nodesIn(node["value"])[0] ?? node) : node;
  const found: Diagnostic[] = [];
  if (callable["async"] === true) {
    const hint = `Leave it out, the Promise of the return type says enough; ${otherForm}`;
    found.push(refuse(node, "declare-async", `\`declare\` of ${name} cannot be \`async\` (TS1040).`, hint));
  }
  if (callable["generator"] === true) {
    const hint = `Leave out the \`*\`, the return type says enough; ${otherForm}`;
    found.push(refuse(node, "declare-generator", `\`declare\` of ${name} cannot be a generator (TS1221).`, hint));
  }
  for (const value of nodesIn(callable["params"]).flatMap(defaultsIn)) {
    const hint = `Make the parameter optional and say the default in the doc comment, ${otherForm}`;
    found.push(refuse(value, "declare-default", `\`declare\` of ${name} cannot have a default value (TS2371).`, hint));
  }
  for (const body of nodesIn(callable["body"]).filter((part) => part.type === "BlockStatement")) {
    found.push(
      refuse(
        body,
        "declare-body",
        `\`declare\` of ${name} cannot have a body (TS1183).`,
        `Leave the body out, ${otherForm}`,
      ),
    );
  }
  for (const value of initialisersOf(node)) {
    found.push(
      refuse(
        value,
        "declare-initializer",
        `\`declare\` of ${name} cannot have a value (TS1039).`,
        "Say its type instead.",
      ),
    );
  }
  return found;
}

function membersOf(node: SyntaxNode): readonly SyntaxNode[] {
  return node.type === "ClassDeclaration" ? nodesIn(nodesIn(node["body"])[0]?.["body"]) : [];
}

/** Values of fields and consts. A literal may stand for the type of a const. */
function initialisersOf(node: SyntaxNode): readonly SyntaxNode[] {
  if (node.type === "PropertyDefinition" || node.type === "AccessorProperty") return nodesIn(node["value"]);
  return nodesIn(node["init"]).filter(
    (value) => !/^(?:Literal|TemplateLiteral|UnaryExpression|MemberExpression)$/.test(value.type),
  );
}

function defaultsIn(parameter: SyntaxNode): readonly SyntaxNode[] {
  const found: SyntaxNode[] = [];
  visitNodes([parameter], (node) => {
    if (node.type === "AssignmentPattern") found.push(node);
    return node.type !== "TSTypeAnnotation";
  });
  return found;
}
