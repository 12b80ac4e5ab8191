import { JauntError } from "@jaunt/core";
import { expect, test } from "vitest";
import { createErrorReport, type ErrorContext } from "./error-report.ts";

const context: ErrorContext = {
  command: "build",
  argv: ["build", "--target", "src/[id]"],
  debug: false,
  manifest: { name: "@jaunt/cli", version: "1.2.3" },
  env: { SOME_API_KEY: "quite-ordinary-words" },
};

test("a known error keeps its code, hint and exit code, and says no more", () => {
  const error = new JauntError("There is no config.", {
    code: "config-missing",
    exitCode: 2,
    hint: "Run `jaunt init`.",
  });
  expect(createErrorReport(error, context)).toEqual({
    schema: "jaunt.error/1",
    command: "build",
    error: {
      code: "config-missing",
      message: "There is no config.",
      cause: null,
      hint: "Run `jaunt init`.",
      exit_code: 2,
      next: "jaunt init",
    },
  });
});

test("the located problems of an error are passed on", () => {
  const diagnostics = [{ code: "graph/cycle", severity: "error", message: "a -> b -> a" }];
  const error = Object.assign(new JauntError("A cycle.", { code: "cycle", exitCode: 2 }), { diagnostics });
  expect(createErrorReport(error, context).error).toMatchObject({ diagnostics });
});

test("what brings no hint gets that of its code, and codes of plug-ins one for all", () => {
  const hintOf = (code: string): string =>
    createErrorReport(new JauntError("No.", { code, exitCode: 2 }), context).error.hint;
  expect(hintOf("plugin-output")).toBe("Report it to the plug-in's authors.");
  expect(hintOf("acme-unheard-of")).toContain("`jaunt doctor`");
});

test("what to run next is the hint's command, else that of the code; the same line where that is to be run again", () => {
  const nextOf = (code: string, hint: string): string | null =>
    createErrorReport(new JauntError("No.", { code, exitCode: 2, hint }), context).error.next;
  expect(nextOf("config-missing", "Run `jaunt init --root DIR` or `jaunt init --root /other`.")).toBe(
    "jaunt init --root /other",
  );
  expect(nextOf("unknown-state", "Use stale.")).toBe("jaunt status");
  expect(nextOf("build-locked", "Wait for `jaunt watch`.")).toBe('jaunt build --target "src/[id]"');
  expect(nextOf("roots-overlap", "Give them different folders.")).toBeNull();
});

test("what lies behind it is told, without keys", () => {
  const cause = new Error("sent quite-ordinary-words", { cause: new Error("ECONNREFUSED") });
  const error = new JauntError("No answer.", { code: "backend-connection", exitCode: 3, cause });
  expect(createErrorReport(error, context).error.cause).toBe("sent [redacted]: ECONNREFUSED");
});

test("anything else is a bug of ours: it says so and where to report it, with the stack only when asked", () => {
  const { error } = createErrorReport(new TypeError("x is undefined"), context);
  expect(error).toMatchObject({ code: "internal-error", exit_code: 1, message: "Jaunt 1.2.3 broke: x is undefined" });
  expect(error.hint).toContain("npm bugs @jaunt/cli");
  expect(error).not.toHaveProperty("stack");
  expect(createErrorReport(new TypeError("x is undefined"), { ...context, debug: true }).error.stack).toContain(
    "error-report.test.ts",
  );
});

test.each(["EACCES", "ENOSPC", "EROFS"])("what the system refuses (%s) is no bug", (code) => {
  const refused = Object.assign(new Error(`${code}: refused, open '/project/src'`), { code });
  expect(createErrorReport(refused, context).error).toMatchObject({ code: "system-refused", exit_code: 2 });
});

test.each([[undefined], [null], ["text"], [{}]])("%j can be thrown too", (thrown) => {
  expect(createErrorReport(thrown, context).error).toMatchObject({ code: "internal-error", exit_code: 1 });
});
