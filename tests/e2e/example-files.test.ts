import { afterEach, expect, test } from "vitest";
import { createTestedProject, jauntJson } from "./tested-project.ts";

const opened: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of opened.splice(0)) await close();
});

/** One module of code, whose property does not hold of the reply, and no test root. */
async function project(packages: readonly string[]): ReturnType<typeof createTestedProject> {
  const none = (paths: readonly string[]): Record<string, undefined> =>
    Object.fromEntries(paths.map((path) => [path, undefined]));
  const made = await createTestedProject({
    packages: ["@jaunt/spec", "@types/node", "typescript", "vitest", ...packages],
    config: '[build]\nverify = "types"\n',
    files: {
      ...none(["email", "report"].map((name) => `src/${name}.jaunt.ts`)),
      ...none(["email", "report", "slug"].map((name) => `tests/${name}.jaunt.ts`)),
      "src/half.jaunt.ts": `/**
 * Half of the number.
 * @example half(4) // => 2
 * @property for all n: int<0, 99> :: half(n) + half(n) === n
 */
export declare function half(n: number): number;
`,
    },
    replies: { "src/half": "export function half(n: number): number {\n  return Math.floor(n / 2);\n}" },
  });
  opened.push(() => made.remove());
  return made;
}

test("where no test root exists yet, the first that is configured gets the examples", async () => {
  const made = await project(["fast-check"]);
  const { code, report } = await jauntJson(made, "test");
  expect(code).toBe(4);
  expect(report).toMatchObject({
    counts: { passed: 1, failed: 1 },
    tests: [
      { kind: "example", ref: "src/half:half", outcome: "passed" },
      {
        kind: "property",
        ref: "src/half:half",
        outcome: "failed",
        file: "tests/__generated__/examples/src/half.test.ts",
        message: expect.stringContaining("Counterexample: [") as unknown,
      },
    ],
  });
});

test("a project without fast-check is told how to get it, and no code is blamed", async () => {
  const made = await project([]);
  const { code, report } = await jauntJson(made, "test");
  expect(code).toBe(2);
  expect(report).toMatchObject({
    tests: [],
    diagnostics: [{ code: "suite/package-missing", hint: "Run `npm install --save-dev fast-check`." }],
  });
});
