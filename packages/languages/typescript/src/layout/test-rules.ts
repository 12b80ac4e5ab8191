import type { SpecModule } from "@jaunt/core";

/** Packages that find and run tests, or bring assertions of their own. */
const runners: ReadonlySet<string> = new Set([
  "@jest/globals",
  "ava",
  "bun:test",
  "chai",
  "expect",
  "jest",
  "mocha",
  "node:test",
  "tap",
  "tape",
  "uvu",
  "vitest",
]);

/** Whether a specifier means a test runner or an assertion library other than Node's. */
export function isRunner(specifier: string): boolean {
  const name = specifier.startsWith("@") ? specifier.split("/").slice(0, 2).join("/") : specifier.split("/")[0];
  return runners.has(name ?? "") || name === "test";
}

/** Whether a specifier means Node's assertions. */
export function isAssertModule(specifier: string): boolean {
  return /^(?:node:)?assert(?:\/strict)?$/.test(specifier);
}

/** Names of a spec file that assert, as far as names tell: what it imports to assert with, and helpers called `assert…` or `expect…`. */
export function assertingNames({ outline }: SpecModule): ReadonlySet<string> {
  const imported = outline.imports.filter(
    ({ specifier, local }) => isAssertModule(specifier) || isRunner(specifier) || hasAssertingName(local),
  );
  const declared = outline.declarations.filter(({ name }) => hasAssertingName(name));
  return new Set([...imported.map(({ local }) => local), ...declared.map(({ name }) => name)]);
}

function hasAssertingName(name: string): boolean {
  return /^(?:assert|expect)(?![a-z])/.test(name);
}
