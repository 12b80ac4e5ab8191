import { expect, test } from "vitest";
import { JauntError } from "../errors.ts";
import { moduleDependencies } from "./module-order.ts";
import { graphOf, module, spec } from "./project.test.helper.ts";
import { selectModules } from "./select-modules.ts";

const modules = [
  module("src/app", [spec("run")]),
  module("src/mail/email", [spec("parseEmail"), spec("Mailbox")]),
  module("src/mail/date", [spec("parseDate")]),
  module("src/c++", [spec("lex")]),
  module("+page", [spec("load")]),
];
const dependencies = moduleDependencies(
  graphOf("src/app:run -> src/mail/email:parseEmail", "src/mail/email:parseEmail -> src/mail/date:parseDate"),
);

const selections: readonly [readonly string[], readonly string[]][] = [
  [["src/app"], ["src/app"]],
  [["./src/app"], ["src/app"]],
  [["src/mail/email.jaunt.ts"], ["src/mail/email"]],
  [["src/mail/email:parseEmail"], ["src/mail/email"]],
  [["src/mail/email:Mailbox.open"], ["src/mail/email"]],
  [["src/*"], ["src/app", "src/c++"]],
  [["src/mail/*"], ["src/mail/date", "src/mail/email"]],
  [["src/**"], ["src/app", "src/c++", "src/mail/date", "src/mail/email"]],
  [["**/date"], ["src/mail/date"]],
  [["**/*:parse*"], ["src/mail/date", "src/mail/email"]],
  [["src/ap?"], ["src/app"]],
  [["+src/app"], ["src/app", "src/mail/date", "src/mail/email"]],
  [["src/mail/date+"], ["src/app", "src/mail/date", "src/mail/email"]],
  [["+src/mail/email+"], ["src/app", "src/mail/date", "src/mail/email"]],
  [["+./src/mail/email"], ["src/mail/date", "src/mail/email"]],
  [["+src/mail/email:parseEmail"], ["src/mail/date", "src/mail/email"]],
  [["src/c++"], ["src/c++"]],
  [["+page"], ["+page"]],
  [
    ["src/app", "src/mail/date"],
    ["src/app", "src/mail/date"],
  ],
];

test.each(selections)("%j selects %j", (selectors, expected) => {
  expect(selectModules(selectors, modules, dependencies)).toEqual(expected);
});

test("no selector selects everything", () => {
  expect(selectModules([], modules, dependencies)).toHaveLength(modules.length);
});

const unknown: readonly [string, string][] = [
  ["src/ap", 'Did you mean "src/app"?'],
  ["src/mail/emial", 'Did you mean "src/mail/email"?'],
  ["src/mail/email:parseEmial", 'Did you mean "src/mail/email:parseEmail"?'],
  ["src/mail", 'Did you mean "src/mail/**"?'],
  ["src/mail/", 'Did you mean "src/mail/**"?'],
  ["banana/*", "`jaunt status` lists all modules."],
  ["+src/ap", 'Did you mean "src/app"?'],
  ["+", "`jaunt status` lists all modules."],
  ["", "`jaunt status` lists all modules."],
];

test.each(unknown)("the selector %j names nothing, which is an error with a suggestion", (selector, hint) => {
  let error: unknown;
  try {
    selectModules(["src/app", selector], modules, dependencies);
  } catch (thrown) {
    error = thrown;
  }
  expect(JauntError.isInstance(error)).toBe(true);
  expect(error).toMatchObject({
    code: "unknown-selector",
    exitCode: 2,
    hint,
    message: `Nothing is selected by "${selector}"`,
  });
});
