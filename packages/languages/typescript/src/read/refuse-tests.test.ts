import { expect, test } from "vitest";
import { layoutOf } from "../compose/project.test.helper.ts";
import { typescriptReader } from "./typescript-reader.ts";

function problems(declaration: string, path = "tests/email.jaunt.ts"): readonly (string | undefined)[] {
  const text = `import { magic, test } from "@jaunt/spec";\n${declaration}\n`;
  return typescriptReader
    .read({ path, text }, layoutOf())
    .diagnostics.map(({ code, message }) => `${code}: ${message}`);
}

test.each([
  "export function finds(): void { test(); }",
  "export async function finds(): Promise<void> { test(); }",
  "export const finds = (): void => test();",
  "export declare function finds(): void;",
])("a test: %s", (declaration) => {
  expect(problems(declaration)).toEqual([]);
});

test.each([
  "export function finds(raw: string): void { test(raw); }",
  "export declare class finds { find(): void; }",
  "export declare const finds: () => void;",
])("no test, but fine as code: %s", (declaration) => {
  expect(problems(declaration)).toEqual([
    "spec/no-test: finds is in a test root, where every spec is a test: a function without parameters.",
  ]);
  expect(problems(declaration, "src/email.jaunt.ts")).toEqual([]);
});
