import type { TestReport } from "@jaunt/orchestrator";
import { cleanLine } from "./escape.ts";
import { formatCount } from "./format.ts";
import { renderTable, type Cell } from "./table.ts";
import type { View } from "./view.ts";

type MutationScore = NonNullable<TestReport["mutation"]>[number];
type Survivor = MutationScore["survivors"][number];

/** How many mutants the tests of each spec noticed, and each that none noticed, once. */
export function renderMutation(scores: readonly MutationScore[], view: View): string {
  const { colors } = view;
  const header = ["spec", "killed", "mutants", "share"].map((text): Cell => ({ text, paint: colors.dim }));
  const rows = scores.map(({ ref, killed, mutants }): readonly Cell[] => [
    { text: cleanLine(ref) },
    { text: String(killed) },
    { text: String(mutants) },
    { text: share(killed, mutants), paint: killed === mutants ? colors.green : colors.yellow },
  ]);
  const survivors = unique(scores.flatMap((score) => score.survivors));
  const isCut = scores.some(({ left_out: leftOut }) => leftOut > 0);
  return [
    colors.bold("mutants: small mistakes planted in built code, and how many of them a test noticed"),
    scores.length === 0 ? "none" : renderTable([header, ...rows]),
    ...(survivors.length === 0 ? [] : [`${formatCount(survivors.length, "mutant")} that no test noticed:`]),
    ...survivors.map(
      ({ file, line, description }) =>
        `  ${colors.cyan(`${cleanLine(file)}:${String(line)}`)} ${cleanLine(description)}`,
    ),
    ...(survivors.length === 0
      ? []
      : [
          `${colors.green("hint:")} an \`@example\` whose call gives another value with the change would notice it; not every change can be noticed.`,
        ]),
    ...(isCut ? [colors.dim("Not all were run: `--mutants=<n>` runs up to <n> in each module.")] : []),
  ].join("\n");
}

function share(killed: number, mutants: number): string {
  return mutants === 0 ? "-" : `${String(Math.floor((100 * killed) / mutants))} %`;
}

/** A mutant in a helper survives for every spec that uses it. */
function unique(survivors: readonly Survivor[]): readonly Survivor[] {
  return [
    ...new Map(survivors.map((each) => [`${each.file}:${String(each.line)} ${each.description}`, each])).values(),
  ];
}
