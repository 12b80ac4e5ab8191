import { nodesIn, type SyntaxNode } from "../syntax/walk.ts";
import { patternNames } from "./spec-file.ts";

/** A call that throws the error of a spec without implementation; `inputs` only keep their names in use. */
export function notBuilt(ref: string, inputs: readonly string[] = []): string {
  return `jauntNotBuilt(${[JSON.stringify(ref), ...inputs].join(", ")})`;
}

/** An expression that throws that error on every use, but not yet by itself. */
export function notBuiltValue(ref: string): string {
  return `jauntNotBuiltValue(${JSON.stringify(ref)})`;
}

/** Names bound by the parameters of a function; `this` is none. */
export function parameterNames(functionNode: SyntaxNode): readonly string[] {
  return nodesIn(functionNode["params"])
    .flatMap(patternNames)
    .filter((name) => name !== "this");
}

/** A block, with a blank before it, that does nothing but report `ref` as not built. */
export function functionBody(ref: string, inputs: readonly string[], indent = ""): string {
  return ` {\n${indent}  return ${notBuilt(ref, inputs)};\n${indent}}`;
}

/** Where a signature ends without its semicolon. */
export function endWithoutSemicolon(text: string, node: SyntaxNode): number {
  return text[node.end - 1] === ";" ? node.end - 1 : node.end;
}

/** A static block that gives a class throwing members of these names; each name is an expression. */
export function notBuiltMembers(ref: string, names: readonly string[]): string {
  return `static {\n    jauntNotBuiltMembers(this.prototype, ${JSON.stringify(ref)}, [${names.join(", ")}]);\n  }`;
}

/** The helpers that `code` calls. */
export function helpersFor(code: string): string {
  const used = [valueHelper, membersHelper].filter((helper) => code.includes(`${nameOfHelper(helper)}(`));
  return [...(used.length > 0 || code.includes("jauntNotBuilt(") ? [functionHelper] : []), ...used].join("\n\n");
}

const functionHelper = `function jauntNotBuilt(ref: string, ..._inputs: readonly unknown[]): never {
  const error = new Error(\`\${ref} has no implementation yet: run \\\`jaunt build\\\`.\`);
  error.name = "JauntNotBuiltError";
  throw error;
}`;

const valueHelper = `function jauntNotBuiltValue(ref: string): never {
  const fail = (): never => jauntNotBuilt(ref);
  const traps = ["apply", "construct", "defineProperty", "deleteProperty", "get", "getOwnPropertyDescriptor", "getPrototypeOf", "has", "ownKeys", "set"];
  return new Proxy(function () {}, Object.fromEntries(traps.map((trap) => [trap, fail]))) as never;
}`;

const membersHelper = `function jauntNotBuiltMembers(prototype: object, ref: string, names: readonly PropertyKey[]): void {
  for (const name of names) Object.defineProperty(prototype, name, { configurable: true, get: () => jauntNotBuilt(\`\${ref}.\${String(name)}\`) });
}`;

function nameOfHelper(helper: string): string {
  return /^function (\w+)/.exec(helper)?.[1] ?? "";
}
