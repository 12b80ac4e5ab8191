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

/** Codes whose end comes from a table or a type, with all that they can be. A new one that the search cannot follow belongs here. */
const composed: Readonly<Record<string, readonly string[]>> = {
  "backend-*": backendKinds().map((kind) => `backend-${kind}`),
  // A key that is refused stops the whole build.
  "backend/*": backendKinds().flatMap((kind) => (kind === "auth" ? [] : [`backend/${kind}`])),
  "lint/unchecked-*": ["lint/unchecked-example", "lint/unchecked-property"],
  "policy/*": policyRules().map((rule) => `policy/${rule}`),
  "types/*": ["types/*"],
  "verify/*": ["verify/example", "verify/property", "verify/test"],
  "write-*": Object.keys(errorCatalog).filter((code) => code.startsWith("write-e")),
};

/** Files that pass on what has its code already. */
const passedOn: ReadonlySet<string> = new Set([
  "orchestrator/src/build/build-module.ts",
  "orchestrator/src/read/read-specs.ts",
  "orchestrator/src/schemas/shared.ts",
  "languages/typescript/src/check/reply.ts",
]);

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
    const missing = inCode(diagnostics).filter(({ code }) =>
      code.includes("*") ? !(code in composed) : !diagnosticCodes.some((known) => fits(known, code)),
    );
    expect(missing.filter(({ code, file }) => !(code === "*" && passedOn.has(file)))).toEqual([]);
  });

  test("explains no diagnostic that the code does not give", () => {
    const given = new Set([...inCode(diagnostics).map(({ code }) => code), ...Object.values(composed).flat()]);
    expect(diagnosticCodes.filter((code) => !given.has(code))).toEqual([]);
  });

  test("explains every code that is put together where it is used", () => {
    const known = new Set([...diagnosticCodes, ...Object.keys(errorCatalog)]);
    expect(
      Object.values(composed)
        .flat()
        .filter((code) => !known.has(code)),
    ).toEqual([]);
    const found = [...new Set(inCode([...diagnostics, ...errors]).map(({ code }) => code))];
    expect(found.filter((code) => code.includes("*") && code !== "*").sort()).toEqual(Object.keys(composed).sort());
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
  const table = /^const checks: [^\n]+ = \{\n([\s\S]*?)^\};$/m.exec(readFileSync(file, "utf8"))?.[1] ?? "";
  return [...table.matchAll(/^ {2}"?([a-z-]+)"?:/gm)].map((match) => match[1] ?? "");
}

function backendKinds(): readonly string[] {
  const file = join(repositoryRoot(), "packages", "core", "src", "ports", "backend.ts");
  const union = /^export type BackendErrorKind =([^;]+);/m.exec(readFileSync(file, "utf8"))?.[1] ?? "";
  return [...union.matchAll(/"([a-z-]+)"/g)].map((match) => match[1] ?? "");
}
