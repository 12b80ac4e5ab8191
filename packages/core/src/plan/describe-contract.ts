import { digest, shortDigest } from "../digest/digest.ts";
import type { ReachedType } from "../graph/spec-graph.ts";
import type { Digest } from "../nouns/digest.ts";
import type { Declaration } from "../nouns/outline.ts";
import type { Spec, SpecMember, SpecModule } from "../nouns/spec.ts";
import { markerPackage } from "./digest-module.ts";

/** What stands behind a part of a module digest, as a person reads it. */
export interface ContractText {
  /** Signature, doc, prompts and reached types; or what a file has besides its specs. Lines end in `\n`, the last one does not. */
  readonly text: string;
  /** Of all but the words: two contracts of one shape differ in doc and prompts only. Empty where there is no such thing. */
  readonly shape: Digest | "";
}

export interface ContractView {
  /** Name of one member of a class, for the contract of that alone. */
  readonly member?: string;
  /** True adds private members, which a module is built from and nobody else sees. */
  readonly own?: boolean;
}

/** The contract of a spec, or of one member of a class, with the types that its signature reaches. */
export function describeContract(
  spec: Spec,
  types: readonly ReachedType[],
  { member, own = false }: ContractView = {},
): ContractText {
  const members = spec.members.filter(({ name }) => member === undefined || name === member);
  const docs = members.filter(({ doc }) => doc !== "").map(describeMemberDoc);
  const words = [...(member === undefined ? [spec.doc] : []), ...docs];
  const reached = types.map(({ name, digest: value }) => `type ${name} ${shortDigest(value)}`);
  const prompts = spec.prompts.map((prompt) => `@prompt ${prompt}`);
  // The digest of a class covers the docs of its members, so its shape has to come from its text.
  const signature = spec.kind === "class" ? spec.signature.replaceAll(/\s+/g, " ") : spec.signatureDigest;
  return {
    text: lines([spec.signature, ...words, ...prompts, ...reached, ...(own ? hiddenOf(spec) : [])]),
    shape: digest("jaunt.contract-shape/1", [spec.kind, signature, types.map((type) => [type.name, type.digest])]),
  };
}

/** What a spec file has besides its specs: a line per import, re-export, hand-written declaration and spec with kept code. */
export function describeContext({ outline, specs }: SpecModule): ContractText {
  const imports = outline.imports
    .filter(({ specifier }) => specifier !== markerPackage)
    .map(({ local, imported, specifier }) => `import ${renamed(imported, local)} from ${JSON.stringify(specifier)}`);
  const reexports = outline.reexports.map(({ exported, imported, specifier, typeOnly }) => {
    const from = specifier === undefined ? "" : ` from ${JSON.stringify(specifier)}`;
    return `export ${typeOnly ? "type " : ""}${renamed(imported, exported)}${from}`;
  });
  const types = outline.declarations.filter(({ kind }) => kind === "type").map(describeDeclaration);
  const values = outline.declarations.filter(({ kind }) => kind !== "type").map(describeDeclaration);
  const kept = specs
    .filter(({ keptDigest }) => keptDigest !== "")
    .map(({ name, keptDigest }) => `kept code of ${name} ${shortDigest(keptDigest)}`);
  const loose = outline.loose === undefined || outline.loose === "" ? [] : [`other code ${shortDigest(outline.loose)}`];
  return {
    // What counts as a set is sorted, so that its order is no change.
    text: lines([...imports.sort(), ...reexports.sort(), ...types.sort(), ...values, ...kept.sort(), ...loose]),
    shape: "",
  };
}

function describeDeclaration({ name, kind, exported, digest: value }: Declaration): string {
  return `${exported ? "exported" : "local"} ${kind === "both" ? "type and value" : kind} ${name} ${shortDigest(value)}`;
}

function renamed(from: string, to: string): string {
  return from === to ? to : `${from} as ${to}`;
}

function describeMemberDoc({ name, doc }: SpecMember): string {
  return `${name}: ${doc}`;
}

/** Private members are no part of the signature's text. */
function hiddenOf({ members }: Spec): readonly string[] {
  return members
    .filter(({ visibility }) => visibility === "private")
    .map(({ name, signatureDigest }) => `private ${name} ${shortDigest(signatureDigest)}`);
}

function lines(texts: readonly string[]): string {
  return texts
    .filter((text) => text !== "")
    .join("\n")
    .replaceAll("\r\n", "\n");
}
