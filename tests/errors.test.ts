import { readFileSync } from "node:fs";
import { join } from "node:path";
import { diagnosticFamilies, errorCatalog } from "@jaunt/cli/errors";
import { repositoryRoot } from "@jaunt/testkit";
import { describe, expect, test } from "vitest";
import { findCodes, type FoundCode } from "./error-codes.ts";
import { renderErrorsPage } from "./errors-page.ts";

const found = findCodes(join(repositoryRoot(), "packages"), Object.keys(diagnosticFamilies));
const errors = found.filter(({ kind }) => kind === "error");
const diagnostics = found.filter(({ kind }) => kind === "diagnostic");

/** The error's own table is no place where it is thrown, and neither is what only asks for a code. */
const inCode = (list: readonly FoundCode[]): readonly FoundCode[] =>
  list.filter(({ file }) => !file.startsWith("cli/src/errors/"));

const diagnosticCodes = Object.entries(diagnosticFamilies).flatMap(([family, { codes }]) =>
  Object.keys(codes).map((code) => `${family}/${code}`),
);

describe("docs/errors.md", () => {
  test("explains every error that the code throws", () => {
    const missing = errors.filter(({ code }) => !code.includes("*") && !(code in errorCatalog));
    expect(missing).toEqual([]);
  });

  test("explains no error that the code does not throw", () => {
    const stale = Object.keys(errorCatalog).filter((code) => !inCode(errors).some((one) => fits(one.code, code)));
    expect(stale).toEqual([]);
  });

  test("gives every error the exit codes that the code gives it", () => {
    const wrong = errors.flatMap(({ code, exit, file }) =>
      Object.entries(errorCatalog).flatMap(([name, { exits }]) =>
        exit === undefined || !fits(code, name) || (exits as readonly number[]).includes(exit)
          ? []
          : [`${name}: ${exit} in ${file}`],
      ),
    );
    expect(wrong).toEqual([]);
  });

  test("explains every diagnostic that the code gives", () => {
    const missing = inCode(diagnostics).filter(
      ({ code }) => !diagnosticCodes.some((known) => fits(known, code) || fits(code, known)),
    );
    expect(missing).toEqual([]);
  });

  test("explains no diagnostic that the code does not give", () => {
    const literal = inCode(diagnostics).filter(({ code }) => !code.endsWith("/*"));
    // Rules of the policy stand in the code without their family.
    const rules = diagnosticFamilies["policy"]?.codes ?? {};
    const stale = diagnosticCodes.filter(
      (code) => !code.endsWith("/*") && !code.startsWith("policy/") && !literal.some((one) => fits(one.code, code)),
    );
    expect(stale).toEqual([]);
    expect(Object.keys(rules).sort()).toEqual(policyRules());
  });

  test("is made of the code (`npm run docs` writes it)", async () => {
    await expect(renderErrorsPage()).toMatchFileSnapshot(join(repositoryRoot(), "docs", "errors.md"));
  });
});

/** Whether a code with a `*` stands for another. */
function fits(pattern: string, code: string): boolean {
  const [before = "", after] = pattern.split("*");
  return after === undefined ? pattern === code : code.startsWith(before) && code.endsWith(after);
}

function policyRules(): readonly string[] {
  const file = join(repositoryRoot(), "packages", "languages", "typescript", "src", "check", "policy.ts");
  return [
    ...new Set([...readFileSync(file, "utf8").matchAll(/^ {2}"(no-[a-z-]+)":/gm)].map((match) => match[1] ?? "")),
  ].sort();
}
