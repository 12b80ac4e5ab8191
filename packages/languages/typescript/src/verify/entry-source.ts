import { moduleSpecifier, type CaseScope } from "./case-scope.ts";
import type { RunnableCase, RunnableExample, RunnableProperty } from "./read-case.ts";

/** Stands before the path of a project file in a specifier of the cases' own code. */
export const filePrefix = "jaunt:file/";

/**
 * Source of a module that exports the cases as `jauntCases`: functions that prepare one and then hand what the harness needs to the
 * checking function they are given. Of an example, that is its call, and its expected value where that could not be computed before; of
 * a property, its invariant and its condition; of a test, how to get at it.
 */
export function entrySource(cases: readonly RunnableCase[], scope: CaseScope): string {
  const names = [...new Set(cases.flatMap((each) => each.names))].sort();
  // The module under test is loaded first, whatever the cases use of it.
  const first = `import ${JSON.stringify(moduleSpecifier)};\n`;
  return `${first}${scope.imports(names)}export const jauntCases = [\n${cases.map(printCase).join("")}];\n`;
}

const given = "jauntCheck: (...given: unknown[]) => Promise<void>";

function printCase(each: RunnableCase): string {
  if ("generators" in each) return printProperty(each);
  if ("call" in each) return printExample(each);
  const { path, name } = each.case;
  return `async (${given}) => {
await jauntCheck(async () => (await import(${JSON.stringify(filePrefix + path)}) as any)[${JSON.stringify(name)}]);
},
`;
}

function printExample({ setup, call, awaits, expected, isPure }: RunnableExample): string {
  const second = expected === undefined || isPure ? "undefined" : `async () => (${expected}\n)`;
  return `async (${given}) => {
${setup.map((statement) => `${statement}\n;\n`).join("")}await jauntCheck(${awaits ? "async " : ""}() => (${call}
), ${second});
},
`;
}

function printProperty({ case: { variables, given: condition, invariant } }: RunnableProperty): string {
  const names = variables.map(({ name }) => `${name}: any`).join(", ");
  const second = condition === undefined ? "undefined" : `async (${names}) => (${condition}\n)`;
  return `async (${given}) => {
await jauntCheck(async (${names}) => (${invariant}
), ${second});
},
`;
}
