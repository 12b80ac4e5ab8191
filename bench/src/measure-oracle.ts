import { fileURLToPath } from "node:url";
import { readOracle, truthSpec, type OracleSpec } from "./oracle/corpus.ts";
import { judgeBodies, type Verdict } from "./oracle/judge-bodies.ts";
import { mutantsOf } from "./oracle/mutants-of.ts";

/** Which right bodies a build accepts, and what rejects the wrong ones. Prints a table, or JSON with `--json`; `--list` names what is odd. */
const specs = readOracle(fileURLToPath(new URL("../oracle", import.meta.url)));
const right = new Map(specs.map((spec) => [spec.id, spec.right]));
const bodies = specs.flatMap((spec): readonly Body[] => [
  { spec, origin: "right", body: spec.right },
  ...spec.accepted_elsewhere.map((body): Body => ({ spec, origin: "accepted elsewhere", body })),
  ...spec.wrong.map((body): Body => ({ spec, origin: "wrong, by a model", body })),
  ...spec.planted.map((body): Body => ({ spec, origin: "wrong, by hand", body })),
  ...mutantsOf(spec, 12).map((body): Body => ({ spec, origin: "mutant", body })),
]);
progress(`${String(bodies.length)} bodies for ${String(specs.length)} specs: finding out which are right ...`);
const truth = await judgeBodies(
  bodies.map(({ spec, body }) => ({ spec: truthSpec(spec), body })),
  right,
);
progress("building them by their specs ...");
const verdicts = await judgeBodies(
  bodies.map(({ spec, body }) => ({ spec: spec.spec, body })),
  new Map(),
);
const judged = bodies.map((body, index): Judged => {
  const verdict = verdicts[index];
  const equals = truth[index]?.accepted;
  if (verdict === undefined || equals === undefined) throw new Error("a body was not judged");
  // What failed the tests that it was published with is wrong, though our inputs may not show it.
  return { ...body, isRight: equals && !body.origin.startsWith("wrong"), verdict };
});
const summary = {
  specs: specs.length,
  known_good: count(judged.filter(({ origin }) => origin === "right")),
  right: ["accepted elsewhere", "mutant"].map((origin) => ({
    origin,
    ...count(judged.filter((each) => each.origin === origin && each.isRight)),
  })),
  wrong: ["wrong, by a model", "wrong, by hand", "mutant", "accepted elsewhere"].map((origin) => ({
    origin,
    ...shares(judged.filter((each) => each.origin === origin && !each.isRight)),
  })),
  fewest_wrong_for_a_spec: Math.min(
    ...specs.map((spec) => judged.filter((each) => each.spec === spec && !each.isRight).length),
  ),
};
process.stdout.write(process.argv.includes("--json") ? `${JSON.stringify(summary)}\n` : table());
if (summary.known_good.accepted < summary.known_good.bodies) process.exitCode = 1;

interface Body {
  readonly spec: OracleSpec;
  readonly origin: "right" | "accepted elsewhere" | "wrong, by a model" | "wrong, by hand" | "mutant";
  readonly body: string;
}

interface Judged extends Body {
  /** Does what the right one does, as far as some hundred inputs can tell. */
  readonly isRight: boolean;
  readonly verdict: Verdict;
}

function count(all: readonly Judged[]): { readonly bodies: number; readonly accepted: number } {
  return { bodies: all.length, accepted: all.filter(({ verdict }) => verdict.accepted).length };
}

interface Shares {
  readonly bodies: number;
  /** Rejected by each; by `examples` and `properties` often both. */
  readonly types: number;
  readonly examples: number;
  readonly properties: number;
  readonly rejected: number;
}

function shares(all: readonly Judged[]): Shares {
  const by = (rung: Verdict["rejectedBy"][number]): number =>
    all.filter(({ verdict }) => verdict.rejectedBy.includes(rung)).length;
  return {
    bodies: all.length,
    types: by("types"),
    examples: by("examples"),
    properties: by("properties"),
    rejected: all.filter(({ verdict }) => !verdict.accepted).length,
  };
}

function table(): string {
  const { known_good: good, right: others, wrong } = summary;
  const share = (part: number, whole: number): string =>
    whole === 0 ? "-" : `${String(part)} (${((100 * part) / whole).toFixed(1)} %)`;
  return [
    ...(process.argv.includes("--list") ? judged.flatMap(oddity) : []),
    "| right bodies | number | accepted |",
    "|---|---|---|",
    `| known good | ${String(good.bodies)} | ${share(good.accepted, good.bodies)} |`,
    ...others.map(
      ({ origin, bodies: all, accepted }) => `| ${origin}, and right | ${String(all)} | ${share(accepted, all)} |`,
    ),
    "",
    "| wrong bodies | number | rejected by types | by examples | by properties | in all |",
    "|---|---|---|---|---|---|",
    ...wrong.map(
      (row) =>
        `| ${row.origin} | ${String(row.bodies)} | ${share(row.types, row.bodies)} | ${share(row.examples, row.bodies)} | ${share(row.properties, row.bodies)} | ${share(row.rejected, row.bodies)} |`,
    ),
    "",
    `${String(summary.specs)} specs, each with at least ${String(summary.fewest_wrong_for_a_spec)} wrong bodies.`,
    "",
  ].join("\n");
}

/** A right body that was rejected, a wrong one that was not. */
function oddity({ spec, origin, body, isRight, verdict }: Judged): readonly string[] {
  if (isRight === verdict.accepted) return [];
  const first = verdict.errors[0];
  const why = first === undefined ? "" : `: [${first.code}] ${first.message.replaceAll("\n", " ")}`;
  return [`${isRight ? "rejected" : "accepted"} ${spec.id}, ${origin}${why}\n${body}`];
}

function progress(text: string): void {
  process.stderr.write(`${text}\n`);
}
