import type { Diagnostic } from "@jaunt/core";
import { nodesIn, type SyntaxNode } from "../syntax/walk.ts";
import { collectUses } from "./collect-uses.ts";
import { markerBodies } from "./markers.ts";
import { firstLine, nameSpan, refusal, type SpecFileParts } from "./refusal.ts";
import type { TopLevel } from "./top-level.ts";

/** Values on the wrong side of the line between the spec file, which never runs built code, and the generated file. */
export function refuseValues(file: SpecFileParts): readonly Diagnostic[] {
  return [...valuesUsingSpecs(file), ...hiddenValues(file)];
}

/** Every hand-written value that names a spec is reported, so a chain of them is cut at its link. */
function valuesUsingSpecs({ parsed, specs, context, locals }: SpecFileParts): readonly Diagnostic[] {
  const names = new Set(specs.map((part) => part.name));
  const declared = new Set([...specs, ...context].map((part) => part.statement));
  const loose = parsed.body.filter(
    (node) => !declared.has(node) && !/^(?:Import|Export|TSImport|TSExport|TSNamespaceExport)/.test(node.type),
  );
  const values = context.filter(isValue).map((part) => part.node);
  return [...values, ...loose].flatMap((node) => {
    const [use] = collectUses([node], "body", names, { locals, valuesOnly: true });
    if (use === undefined) return [];
    const message = `Hand-written code here uses the spec ${use.path.join(".")} of its own file, where no built code ever runs.`;
    const span = nodesIn(node["id"])[0] ?? firstLine(node);
    return [refusal(parsed, span, "value-uses-spec", message, "Move it to its own file and import the facade.")];
  });
}

/** The generated file imports hand-written values; types it copies, with what these need in turn. */
function hiddenValues({ parsed, specs, context, locals, markers }: SpecFileParts): readonly Diagnostic[] {
  const hidden = context.filter((part) => !part.exported && part.name !== "");
  const values = new Set(hidden.filter(isValue).map((part) => part.name));
  if (values.size === 0) return [];
  const types = new Map<string, SyntaxNode[]>();
  for (const { name, node } of hidden.filter((part) => !isValue(part)))
    types.set(name, [...(types.get(name) ?? []), node]);
  const names = new Set([...values, ...types.keys()]);
  return specs.flatMap((part) => {
    const needed = reached(
      part.ambient ? [part.node] : keptNodes(part.node, markerBodies(part.node, markers)),
      names,
      types,
      locals,
    );
    return [...needed]
      .filter((name) => values.has(name))
      .map((name) => {
        const message = `${part.name} needs ${name}, which this file does not export.`;
        return refusal(
          parsed,
          nameSpan(part),
          "hidden-value",
          message,
          `Add \`export\` to ${name}: the generated file must import it.`,
        );
      });
  });
}

function isValue({ ambient, node }: TopLevel): boolean {
  return !ambient && node.type !== "TSInterfaceDeclaration" && node.type !== "TSTypeAliasDeclaration";
}

/** The hidden names that nodes use, directly or through hidden types. */
function reached(
  nodes: readonly SyntaxNode[],
  names: ReadonlySet<string>,
  types: ReadonlyMap<string, readonly SyntaxNode[]>,
  locals: SpecFileParts["locals"],
): ReadonlySet<string> {
  const found = new Set<string>();
  const queue = [nodes];
  for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
    for (const { path } of collectUses(next, "body", names, { locals })) {
      const [name = ""] = path;
      if (!found.has(name)) queue.push(types.get(name) ?? []);
      found.add(name);
    }
  }
  return found;
}

/** What of a spec goes into the generated file as it is: everything but the bodies that Jaunt writes. */
function keptNodes(node: SyntaxNode, calls: readonly SyntaxNode[]): readonly SyntaxNode[] {
  if (node.type === "VariableDeclarator")
    return [...nodesIn(node["id"]), ...nodesIn(node["init"]).flatMap((init) => keptNodes(init, calls))];
  if (node.type !== "ClassDeclaration")
    return ["params", "returnType", "typeParameters"].flatMap((key) => nodesIn(node[key]));
  const heading = ["superClass", "superTypeArguments", "typeParameters", "implements", "decorators"].flatMap((key) =>
    nodesIn(node[key]),
  );
  const members = nodesIn(nodesIn(node["body"])[0]?.["body"]).flatMap((member) => keptOfMember(member, calls));
  return [...heading, ...members];
}

function keptOfMember(member: SyntaxNode, calls: readonly SyntaxNode[]): readonly SyntaxNode[] {
  const callable = nodesIn(member["value"])[0];
  const isGenerated =
    callable !== undefined && calls.some((call) => call.start >= callable.start && call.end <= callable.end);
  return isGenerated ? [...nodesIn(member["decorators"]), ...keptNodes(callable, calls)] : [member];
}
