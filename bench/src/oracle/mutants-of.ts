import type { Layout } from "@jaunt/core";
import { createTypescriptTarget, typescriptReader } from "@jaunt/typescript";
import type { OracleSpec } from "./corpus.ts";

const layout: Layout = {
  sourceRoots: ["src"],
  testRoots: [],
  generatedDir: "__generated__",
  testRunner: "vitest",
  settings: {},
};

/** The first mutants of a spec's right body, as replies. */
export function mutantsOf({ id, spec, right }: OracleSpec, most: number): readonly string[] {
  const target = createTypescriptTarget();
  const { module } = typescriptReader.read({ path: `src/${id}.jaunt.ts`, text: spec }, layout);
  if (module === undefined) throw new Error(`${id} cannot be read`);
  const source = { module, text: spec };
  const built = target.compose(source, right, layout).find(({ kind }) => kind === "build")?.text ?? "";
  return (target.mutate?.(source, built, layout) ?? []).slice(0, most).map((mutant) => mutant.built);
}
