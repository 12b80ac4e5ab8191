import { posix } from "node:path";
import { caseName, casesOf, type Artifact, type Layout, type ProjectFiles, type SpecSource } from "@jaunt/core";
import { place } from "../layout/place.ts";
import { specifierOf } from "../layout/specifier.ts";
import { scopeOf, typescriptSettings } from "../layout/settings.ts";
import { parseSource } from "../syntax/parse-source.ts";
import { readCaseScope, type CaseScope } from "../verify/case-scope.ts";
import type { GeneratorConst } from "../verify/generators.ts";
import { readCase, type RunnableExample, type RunnableProperty } from "../verify/read-case.ts";
import { exampleBody, type RunnerNames } from "./example-body.ts";
import { printImports, type ImportRequest } from "./imports.ts";
import { propertyBody } from "./property-body.ts";
import { freeNames } from "./references.ts";
import { promiseFree } from "./promise-free.ts";

/**
 * The test file of a module's examples and properties, in the first test root: one test for each that the sandbox of builds runs, with
 * the same verdict. Undefined when there is none.
 */
export function composeExamples(source: SpecSource, layout: Layout, files?: ProjectFiles): Artifact | undefined {
  const { module } = source;
  const path = examplesPath(source, layout);
  const { facade } = place(module, layout);
  if (path === undefined || facade === undefined) return undefined;
  const scope = readCaseScope(source, layout, files);
  const none = { textOf: () => undefined };
  const cases = casesOf(source)
    .map((each) => readCase(each, scope, none))
    .filter((each): each is RunnableExample | RunnableProperty => typeof each !== "string" && !isTest(each));
  if (cases.length === 0) return undefined;
  const names = runnerNames(cases, scope);
  const isSync = promiseFree(source);
  const consts = new Map<string, GeneratorConst>();
  const tests = cases.map((each) => {
    const title = JSON.stringify(caseName(each.case));
    if ("call" in each) return exampleBody(each, title, names, isSync);
    for (const one of each.typed.consts) consts.set(one.code, one);
    return propertyBody(each, title, names, isSync);
  });
  const generators = [...consts.values()]
    .map(({ name, code }) => `const ${name} = ${renamed(code, names.fc)};\n`)
    .join("");
  const code = `${generators}${generators === "" ? "" : "\n"}${tests.join("\n")}`;
  const imports = importsFor(code, path, specifierFor(path, facade, layout), names, scope, layout);
  return { kind: "test", module: module.id, path, text: `${imports}\n${code}`, once: false };
}

function isTest(each: object): boolean {
  return !("call" in each) && !("generators" in each);
}

/** `tests/__generated__/examples/src/email.test.ts` of `src/email.jaunt.ts`. */
function examplesPath({ module }: SpecSource, { testRoots, generatedDir }: Layout): string | undefined {
  const [root] = testRoots;
  if (root === undefined || module.role === "test") return undefined;
  const file = module.path.replace(/\.jaunt(\.[mc]?tsx?)$/, ".test$1");
  return posix.join(root, generatedDir, "examples", file);
}

/** A test root that no tsconfig is known for is taken to be compiled as the module is. */
function specifierFor(path: string, facade: string, layout: Layout): string {
  const known = scopeOf(path, typescriptSettings(layout.settings)).tsconfig !== "";
  if (known) return specifierOf(path, facade, layout);
  const ending = posix.extname(specifierOf(facade, facade, layout));
  const relative = posix.relative(posix.dirname(path), facade);
  const stem = relative.slice(0, relative.length - posix.extname(relative).length);
  return (stem.startsWith(".") ? stem : `./${stem}`) + ending;
}

/** Names of what the file imports for itself, other than those that the cases use. */
function runnerNames(cases: readonly (RunnableExample | RunnableProperty)[], scope: CaseScope): RunnerNames {
  const taken = new Set(
    cases.flatMap((each) =>
      "call" in each
        ? [...freeNames(parseSource(scope.path, [...each.setup, each.call].join("\n;\n")).body).keys(), ...each.names]
        : [...each.names, ...each.case.variables.map(({ name }) => name)],
    ),
  );
  const fresh = (name: string): string => (taken.has(name) || scope.has(name) ? fresh(`${name}_`) : name);
  return {
    test: fresh("test"),
    assert: fresh("assert"),
    fc: fresh("fc"),
    format: fresh("format"),
    error: fresh("isError"),
    context: fresh("context"),
    report: fresh("report"),
  };
}

function renamed(code: string, fc: string): string {
  return fc === "fc" ? code : code.replaceAll(/\bfc\./g, `${fc}.`);
}

/** What is used, from where it is to be had, and the helpers that errors and conditions may need. */
function importsFor(
  code: string,
  path: string,
  moduleUnderTest: string,
  names: RunnerNames,
  scope: CaseScope,
  { testRunner }: Layout,
): string {
  const needed = freeNames(parseSource(path, code).body);
  const helpers = [
    ...(needed.has(names.error) ? [errorHelper(names.error)] : []),
    ...(needed.has(names.report) ? [reportHelper(names)] : []),
  ];
  const own = (local: string, imported: string, specifier: string): readonly ImportRequest[] =>
    needed.has(local) ? [{ local, imported, specifier, typeOnly: false, attributes: "" }] : [];
  const used = [...needed].flatMap(([name, neededAs]) =>
    Object.values(names).includes(name) ? [] : [{ name, asType: neededAs === "type" }],
  );
  const imports = printImports([
    ...own(names.assert, "default", "node:assert/strict"),
    ...own(names.format, "format", "node:util"),
    ...own(names.fc, "default", "fast-check"),
    ...own(names.test, "test", testRunner),
    ...scope.requests(used, path, moduleUnderTest),
  ]);
  return [imports, ...helpers].join("\n");
}

function errorHelper(name: string): string {
  return `/** Says whether an error is of a class, or of a class of that name, and has a message. */
function ${name}(error: unknown, name: string, isInstance: boolean, hasMessage: (message: string) => boolean): boolean {
  const { name: own, constructor, message } = Object(error) as Error;
  const isOfClass = name === "" || isInstance || own === name || constructor.name === name;
  return isOfClass && hasMessage(typeof error === "string" ? error : message);
}
`;
}

function reportHelper({ report, fc }: RunnerNames): string {
  return `/** Throws what a run of a property found. Where its condition held for too few values to tell, its test is skipped. */
function ${report}<Values>(run: ${fc}.RunDetails<Values>, skip: (why: string) => void): void {
  if (!run.failed) return;
  if (run.counterexample === null) return skip("its condition holds for too few values");
  const error = Object.assign(new Error(${fc}.defaultReportMessage(run)), { cause: run.errorInstance });
  // The failure is that of the test, which called this.
  Error.captureStackTrace(error, ${report});
  throw error;
}
`;
}
