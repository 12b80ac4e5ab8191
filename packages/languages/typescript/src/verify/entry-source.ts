import type { CaseScope } from "./case-scope.ts";
import type { RunnableCase } from "./read-case.ts";

/**
 * Source of a module that exports the cases as `jauntCases`: functions that prepare one and then hand its call, and its expected value
 * where that could not be computed before, to the checking function they are given.
 */
export function entrySource(cases: readonly RunnableCase[], scope: CaseScope): string {
  const names = [...new Set(cases.flatMap((each) => each.names))].sort();
  return `${scope.imports(names)}export const jauntCases = [\n${cases.map(printCase).join("")}];\n`;
}

function printCase({ setup, call, awaits, expected, isPure }: RunnableCase): string {
  const second = expected === undefined || isPure ? "undefined" : `async () => (${expected}\n)`;
  return `async (jauntCheck: (...given: unknown[]) => Promise<void>) => {
${setup.map((statement) => `${statement}\n;\n`).join("")}await jauntCheck(${awaits ? "async " : ""}() => (${call}
), ${second});
},
`;
}
