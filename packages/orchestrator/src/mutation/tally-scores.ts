import type { Mutant, Spec } from "@jaunt/core";
import type { MutationScore } from "../reports.ts";
import type { Verdict } from "./judge-mutant.ts";

/** What became of one mutant; `left out` was not run to keep the run short. */
export interface MutantResult {
  readonly mutant: Mutant;
  readonly verdict: Verdict | "left out";
}

/** The generated file that mutants are of. */
export interface MutatedFile {
  readonly path: string;
  /** Lines above the text that mutants count from. */
  readonly headerLines: number;
}

/**
 * The scores of a module's specs, in the order of its file; a spec without mutants has none. A mutant in a helper counts for every
 * spec that uses it, one of which nobody can tell counts for nothing.
 */
export function tallyScores(
  { specs }: { readonly specs: readonly Pick<Spec, "ref" | "name">[] },
  { path, headerLines }: MutatedFile,
  results: readonly MutantResult[],
): readonly MutationScore[] {
  return specs.flatMap(({ ref, name }): readonly MutationScore[] => {
    const own = results.filter(({ mutant, verdict }) => mutant.specs.includes(name) && verdict !== "unknown");
    if (own.length === 0) return [];
    const run = own.filter(({ verdict }) => verdict !== "left out");
    const survivors = run
      .filter(({ verdict }) => verdict === "survived")
      .map(({ mutant }) => ({ description: mutant.description, file: path, line: mutant.start.line + headerLines }))
      .toSorted((left, right) => left.line - right.line);
    return [
      {
        ref,
        mutants: run.length,
        killed: run.length - survivors.length,
        survivors,
        left_out: own.length - run.length,
      },
    ];
  });
}
