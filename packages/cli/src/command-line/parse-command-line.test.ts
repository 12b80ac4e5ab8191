import { JauntError } from "@jaunt/core";
import { describe, expect, test } from "vitest";
import type { Invocation } from "./invocation.ts";
import { parseCommandLine } from "./parse-command-line.ts";

const options = { version: "1.2.3", width: 100, color: false };

function parse(...argv: readonly string[]): Invocation {
  return parseCommandLine(argv, options);
}

function refusal(...argv: readonly string[]): JauntError {
  try {
    parse(...argv);
  } catch (error) {
    if (JauntError.isInstance(error)) return error;
    throw error;
  }
  throw new Error(`${argv.join(" ")} was understood.`);
}

describe("help", () => {
  const commands = ["init", "sync", "build", "test", "watch", "status", "why", "plan", "check", "clean", "doctor"];

  test.each([[], ...commands.map((command) => [command])])("of jaunt %s fits a screen", (...command) => {
    const help = parse(...command, "--help");
    if (help.kind !== "help") throw new Error("no help");
    const lines = help.text.trimEnd().split("\n");
    expect(lines.length).toBeLessThanOrEqual(40);
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(100);
    expect(help.text).toMatchSnapshot();
  });

  test("lists every command", () => {
    const help = parse("--help");
    for (const command of commands)
      expect(help.kind === "help" && help.text).toMatch(new RegExp(`^  ${command}\\b`, "m"));
  });
});

describe("global options", () => {
  const expected = { root: "app", json: true, events: false, debug: true, targets: ["src/a", "+src/b"], exclude: [] };

  test.each([
    ["before the command", ["--root", "app", "--json", "--debug", "--target", "src/a", "--target", "+src/b", "status"]],
    ["after the command", ["status", "--root", "app", "--json", "--debug", "--target", "src/a", "--target", "+src/b"]],
    ["on both sides", ["--root=app", "--target", "src/a", "status", "--output", "json", "--debug", "--target=+src/b"]],
  ])("are understood %s", (_where, argv) => {
    expect(parse(...argv)).toEqual({ kind: "run", call: { command: "status" }, globals: expected });
  });

  test("--version is understood after a command too", () => {
    expect(parse("status", "--version")).toEqual({ kind: "version" });
  });

  test("what to leave out may be said more than once", () => {
    expect(parse("plan", "--exclude", "src/a", "--exclude=state:edited")).toMatchObject({
      globals: { targets: [], exclude: ["src/a", "state:edited"] },
    });
  });

  test.each(["init", "doctor"])("%s refuses a selection that it would ignore", (command) => {
    for (const option of ["--target", "--exclude"])
      expect(refusal(command, option, "src/a")).toMatchObject({
        code: "usage",
        exitCode: 2,
        message: `${command} takes no ${option}.`,
      });
  });
});

describe("commands", () => {
  test("build takes all of its options", () => {
    const line = ["build", "--force", "--jobs", "3", "--no-cache", "--record", "out", "--dry-run"];
    expect(parse(...line)).toMatchObject({
      call: {
        command: "build",
        options: { force: true, jobs: 3, offline: false, cache: false, record: "out", dryRun: true },
      },
    });
  });

  test("build has plain defaults", () => {
    expect(parse("build")).toMatchObject({
      call: {
        command: "build",
        options: { force: false, jobs: undefined, offline: false, cache: true, record: undefined, dryRun: false },
      },
    });
  });

  test("test takes its options, and whatever stands behind --", () => {
    expect(parse("test")).toMatchObject({
      call: {
        command: "test",
        options: { build: true, force: false, jobs: undefined, offline: false, cache: true, args: [] },
      },
    });
    expect(parse("test", "--no-build", "--force", "--jobs", "2", "--", "--reporter", "dot", "-x")).toMatchObject({
      call: { options: { build: false, force: true, jobs: 2, args: ["--reporter", "dot", "-x"] } },
    });
    expect(refusal("test", "tests/email", "--", "-x").message).toBe('test takes no argument "tests/email".');
    expect(refusal("test", "--offline", "--no-cache").code).toBe("usage");
    expect(parse("watch", "--test")).toMatchObject({ call: { options: { test: true } } });
  });

  test("build goes by batch where that is said, and --resume says it", () => {
    expect(parse("build")).toMatchObject({ call: { options: { batch: false, resume: false, retryFailed: false } } });
    expect(parse("build", "--batch")).toMatchObject({
      call: { options: { batch: true, resume: false, retryFailed: false } },
    });
    expect(parse("build", "--resume")).toMatchObject({ call: { options: { batch: true, resume: true } } });
  });

  test("clean and init take theirs", () => {
    expect(parse("clean", "--orphans", "-y")).toMatchObject({
      call: { options: { dryRun: false, orphans: true, yes: true } },
    });
    expect(parse("init", "--layout", "flat", "--provider", "replay", "--example", "--yes")).toMatchObject({
      call: { options: { layout: "flat", provider: "replay", example: true, yes: true } },
    });
  });

  test("check takes a revision", () => {
    expect(parse("check")).toMatchObject({ call: { command: "check", options: { since: undefined } } });
    expect(parse("check", "--since", "origin/main")).toMatchObject({ call: { options: { since: "origin/main" } } });
  });

  test("why takes one module", () => {
    expect(parse("why", "src/email")).toMatchObject({ call: { command: "why", module: "src/email" } });
  });
});

describe("what is not understood is refused with exit code 2 and a way on", () => {
  test.each([
    ["no command", [], /^No command was given\.$/, "jaunt --help"],
    ["no command but options", ["--json"], /^No command was given\.$/, "jaunt --help"],
    ["an unknown command", ["biuld"], /biuld/, "Did you mean build?"],
    ["an unknown option", ["status", "--jsno"], /--jsno/, "Did you mean --json?"],
    ["an unknown option of the command", ["build", "--forse"], /--forse/, "Did you mean --force?"],
    ["an option of another command", ["status", "--force"], /--force/, "jaunt status --help"],
    ["a missing argument", ["why"], /module/, "jaunt why --help"],
    ["an argument too many", ["status", "src/a"], /arguments/, "jaunt status --help"],
    ["jobs of zero", ["build", "--jobs", "0"], /--jobs.*whole number/, "jaunt build --help"],
    ["jobs that are no number", ["build", "--jobs", "many"], /--jobs.*whole number/, "jaunt build --help"],
    ["jobs with a sign", ["build", "--jobs=-1"], /--jobs.*whole number/, "jaunt build --help"],
    ["an option without its value", ["build", "--record"], /--record/, "jaunt build --help"],
    ["another output format", ["status", "--output", "xml"], /xml.*text, json/, "jaunt status --help"],
    ["another layout", ["init", "--layout", "wide"], /wide.*src, flat/, "jaunt init --help"],
    ["contradictory options", ["build", "--offline", "--no-cache"], /--offline and --no-cache/, "Drop one"],
  ])("%s", (_name, argv, message, hint) => {
    const error = refusal(...argv);
    expect(error).toMatchObject({ code: "usage", exitCode: 2 });
    expect(error.message).toMatch(message);
    expect(error.message).not.toMatch(/^error:/i);
    expect(error.hint).toContain(hint);
  });
});
