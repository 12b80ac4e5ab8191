import type { TestCase } from "@jaunt/core";
import { importsOf } from "../compose/imports.ts";
import { parseSource } from "../syntax/parse-source.ts";
import type { RunnableTest } from "./read-case.ts";

/** Where the texts of test files come from: the run's overlay, then the disk. */
export interface TestScope {
  textOf(path: string): string | undefined;
}

/** Modules of runners, for which a stub stands in the sandbox: what it registers is called there by name. */
export const runnerModules: ReadonlySet<string> = new Set(["vitest", "node:test"]);

/** A generated test as a case that can run, or the reason why it does not run here. */
export function readTest(test: TestCase, { textOf }: TestScope): RunnableTest | string {
  const text = textOf(test.path);
  if (text === undefined) return `${test.path} does not exist`;
  const parsed = parseSource(test.path, text);
  if (parsed.problems.length > 0) return `${test.path} does not parse`;
  const other = parsed.body
    .flatMap((statement) => importsOf(statement, text))
    .find(({ specifier, imported, typeOnly }) => runnerModules.has(specifier) && !typeOnly && imported !== "test");
  if (other !== undefined)
    return `${test.path} imports ${other.imported} of ${other.specifier}, which works in the project's runner only`;
  return { case: test, names: [] };
}
