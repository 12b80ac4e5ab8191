import { expect, test } from "vitest";
import { closest } from "./closest.ts";
import { globMatcher, isGlob } from "./glob.ts";

const suggestions: readonly [string, readonly string[], string | undefined][] = [
  ["job", ["jobs", "verify"], "jobs"],
  ["vreify", ["jobs", "verify"], "verify"],
  ["api_key", ["api_key_env", "model"], "api_key_env"],
  ["Jobs", ["jobs"], "jobs"],
  ["src/emial", ["src/email", "src/mail"], "src/email"],
  ["banana", ["jobs", "verify"], undefined],
  ["", ["jobs"], undefined],
  ["ab", ["ba", "aa"], "aa"],
  ["src/email:parseEmial", ["src/email", "src/email:parseEmail"], "src/email:parseEmail"],
];

test.each(suggestions)("for %j among %j the suggestion is %j", (name, candidates, expected) => {
  expect(closest(name, candidates)).toBe(expected);
});

const globs: readonly [string, string, boolean][] = [
  ["src/*", "src/email", true],
  ["src/*", "src/mail/email", false],
  ["src/**", "src/mail/email", true],
  ["**/email", "email", true],
  ["**/email", "src/mail/email", true],
  ["src/**/email", "src/email", true],
  ["src/**/email", "src/xemail", false],
  ["src/e?ail", "src/email", true],
  ["src/e?ail", "src/e/ail", false],
  ["src/[id]/*", "src/[id]/page", true],
  ["src/[id]/*", "src/i/page", false],
  ["a.b*", "axb", false],
  ["src/(group)/**", "src/(group)/page", true],
];

test.each(globs)("glob %j against %j: %j", (glob, path, expected) => {
  expect(globMatcher(glob)(path)).toBe(expected);
});

test("only * and ? make a glob, since brackets and braces stand in file names", () => {
  expect(["a*", "a?", "a[b]", "a{b}"].map(isGlob)).toEqual([true, true, false, false]);
});
