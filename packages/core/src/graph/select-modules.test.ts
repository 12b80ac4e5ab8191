import { expect, test } from "vitest";
import { JauntError } from "../errors.ts";
import { moduleDependencies } from "./module-order.ts";
import { graphOf, module, spec } from "./project.test.helper.ts";
import { selectModules } from "./select-modules.ts";

const modules = [
  { ...module("src/app", [spec("run")]), state: "current" },
  { ...module("src/mail/email", [spec("parseEmail"), spec("Mailbox")]), state: "stale" },
  { ...module("src/mail/date", [spec("parseDate")]), state: "current" },
  { ...module("src/c++", [spec("lex")]), state: "unbuilt" },
  { ...module("+page", [spec("load")]), state: "unbuilt" },
  { id: "src/gone", state: "orphaned" },
];
const dependencies = moduleDependencies(
  graphOf("src/app:run -> src/mail/email:parseEmail", "src/mail/email:parseEmail -> src/mail/date:parseDate"),
);

const refsOf = (id: string): readonly string[] =>
  modules.flatMap((each) => (each.id === id && "specs" in each ? each.specs.map(({ ref }) => ref) : []));

const states = ["current", "stale", "unbuilt", "edited", "orphaned"];
const select = (targets: readonly string[], exclude: readonly string[] = []): readonly string[] =>
  selectModules({ targets, exclude }, { modules, refsOf, dependencies, states });

const selections: readonly [readonly string[], readonly string[]][] = [
  [["src/app"], ["src/app"]],
  [["./src/app"], ["src/app"]],
  [["src/mail/email.jaunt.ts"], ["src/mail/email"]],
  [["src/mail/email:parseEmail"], ["src/mail/email"]],
  [["src/mail/email:Mailbox.open"], ["src/mail/email"]],
  [["src/*"], ["src/app", "src/c++", "src/gone"]],
  [["src/mail/*"], ["src/mail/date", "src/mail/email"]],
  [["src/**"], ["src/app", "src/c++", "src/gone", "src/mail/date", "src/mail/email"]],
  [["**/*.jaunt.ts"], ["+page", "src/app", "src/c++", "src/mail/date", "src/mail/email"]],
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
  [["src/gone"], ["src/gone"]],
  [["state:stale"], ["src/mail/email"]],
  [["state:stale+"], ["src/app", "src/mail/email"]],
  [["+state:stale"], ["src/mail/date", "src/mail/email"]],
  [["+state:stale+"], ["src/app", "src/mail/date", "src/mail/email"]],
  [["state:unbuilt"], ["+page", "src/c++"]],
  [["state:orphaned"], ["src/gone"]],
  [["state:edited"], []],
  [["state:edited+"], []],
  [
    ["src/app", "src/mail/date"],
    ["src/app", "src/mail/date"],
  ],
];

test.each(selections)("%j selects %j", (selectors, expected) => {
  expect(select(selectors)).toEqual(expected);
});

test("no selector selects everything", () => {
  expect(select([])).toHaveLength(modules.length);
});

const exclusions: readonly [readonly string[], readonly string[], readonly string[]][] = [
  [[], ["src/**"], ["+page"]],
  [["src/mail/*"], ["src/mail/date"], ["src/mail/email"]],
  [["src/app"], ["src/app"], []],
  [["+src/app"], ["src/mail/email:parseEmail"], ["src/app", "src/mail/date"]],
  [["src/**"], ["src/mail/email+", "state:unbuilt", "state:orphaned"], ["src/mail/date"]],
  [["src/app"], ["state:edited"], ["src/app"]],
];

test.each(exclusions)("%j without %j is %j", (targets, exclude, expected) => {
  expect(select(targets, exclude)).toEqual(expected);
});

test("a state wins over a ref of the same spelling, which ./ asks for", () => {
  const odd = [{ ...module("state", [spec("stale")]), state: "current" }];
  const inOdd = (target: string): readonly string[] =>
    selectModules(
      { targets: [target] },
      { modules: odd, refsOf: () => ["state:stale"], dependencies: new Map(), states },
    );
  expect(inOdd("state:stale")).toEqual([]);
  expect(inOdd("./state:stale")).toEqual(["state"]);
});

const unknown: readonly [string, string][] = [
  ["src/ap", 'Did you mean "src/app"?'],
  ["src/mail/emial", 'Did you mean "src/mail/email"?'],
  ["src/mail/email:parseEmial", 'Did you mean "src/mail/email:parseEmail"?'],
  ["src/mail/emial:parseEmail", 'Did you mean "src/mail/email"?'],
  ["src/mail", 'Did you mean "src/mail/**"?'],
  ["src/mail/", 'Did you mean "src/mail/**"?'],
  ["banana/*", "`jaunt status` lists all modules."],
  ["+src/ap", 'Did you mean "src/app"?'],
  ["src/*parse", "`jaunt status` lists all modules."],
  ["+", "`jaunt status` lists all modules."],
  ["", "`jaunt status` lists all modules."],
];

test.each(unknown)("the selector %j names nothing, which is an error with a suggestion", (selector, hint) => {
  const error = { code: "unknown-selector", exitCode: 2, hint, message: `Nothing is selected by "${selector}"` };
  expect(thrownBy(() => select(["src/app", selector]))).toMatchObject(error);
  expect(thrownBy(() => select(["src/app"], [selector]))).toMatchObject(error);
});

test.each([
  ["state:stael", 'Did you mean "state:stale"? States are current, stale, unbuilt, edited, orphaned.'],
  ["+state:", "States are current, stale, unbuilt, edited, orphaned."],
])("%j is no state, which is an error that lists them", (selector, hint) => {
  expect(thrownBy(() => select([selector]))).toMatchObject({ code: "unknown-state", exitCode: 2, hint });
});

function thrownBy(action: () => unknown): unknown {
  try {
    action();
  } catch (error) {
    expect(JauntError.isInstance(error)).toBe(true);
    return error;
  }
  return undefined;
}
