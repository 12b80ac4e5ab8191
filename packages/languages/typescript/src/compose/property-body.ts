import { propertyRuns } from "../verify/seed.ts";
import type { RunnableProperty } from "../verify/read-case.ts";
import type { RunnerNames } from "./example-body.ts";

/** A test that a property holds, for the same values as in the sandbox. */
export function propertyBody(
  { case: { variables, given, invariant }, typed, seed, asksModule }: RunnableProperty,
  title: string,
  { test, assert, fc, context, report }: RunnerNames,
  isSync: (expression: string) => boolean,
): string {
  const sync =
    isSync(invariant) && (given === undefined || isSync(given)) && !/\bawait\b/.test(`${given} ${invariant}`);
  const [word, start] = sync ? ["property", ""] : ["asyncProperty", "async "];
  const held = sync || isSync(invariant) ? invariant : `await (${invariant})`;
  const lines = [
    ...(given === undefined ? [] : [`${fc}.pre(${sync || isSync(given) ? given : `await (${given})`});`]),
    `${assert}.equal(${held}, true);`,
  ];
  const values = typed.expressions
    .map((code) => (fc === "fc" ? code : code.replaceAll(/\bfc\./g, `${fc}.`)))
    .join(", ");
  const names = variables.map(({ name }) => name).join(", ");
  // Only the module under test is to blame when a condition never holds.
  const skips = given !== undefined && !asksModule;
  const reporter = skips ? `, reporter: (run) => ${report}(run, (why) => ${context}.skip(why))` : "";
  return [
    `${test}(${title}, ${start}(${skips ? context : ""}) => {`,
    `  ${sync ? "" : "await "}${fc}.assert(`,
    `    ${fc}.${word}(${values}, ${start}(${names}) => {`,
    ...lines.map((line) => `      ${line}`),
    "    }),",
    `    { seed: ${seed}, numRuns: ${propertyRuns}${reporter} },`,
    "  );",
    "});\n",
  ].join("\n");
}
