import { copyExample, createTemporaryProject, runJaunt, type TemporaryProject } from "@jaunt/testkit";
import { afterEach, describe, expect, test } from "vitest";
import { snapshotTree } from "./diamond-project.ts";
import { tsconfig } from "./fixture.ts";

const opened: TemporaryProject[] = [];
afterEach(async () => {
  for (const project of opened.splice(0)) await project.remove();
});

async function open(files: Readonly<Record<string, string>>, config = ""): Promise<TemporaryProject> {
  const project = await createTemporaryProject(
    {
      // No backend of this name exists: who asked one would end in an error.
      "jaunt.toml": `[llm]\nprovider = "./no-backend.js"\n${config}`,
      "package.json": '{ "type": "module", "private": true }',
      "tsconfig.json": tsconfig({}, { include: ["src", "tests"] }),
      ...files,
    },
    { nodeModules: ["@jaunt/spec", "@types/node", "typescript"] },
  );
  opened.push(project);
  return project;
}

/** One finding of each kind, each in its own spec. */
const files = {
  "src/good.jaunt.ts": `/** The larger number.
 * @throws {RangeError} when there is none
 * @example largest([1, 2]) // => 2
 * @example largest([]) // throws RangeError
 */
export declare function largest(numbers: readonly number[]): number;
`,
  "src/bad.jaunt.ts": `export declare function silent(): void;

/** Half of a number. */
export declare function unshown(n: number): number;

/** A number as text.
 * @example asText(1) // => missing()
 * @example see the manual
 * @example asText(1) // => "1"
 */
export declare function asText(n: number): string;

/** Split a list. An empty text gives no piece; names count in any case.
 * @example split("a,b") // => ["a", "b"]
 */
export declare function split(text: string): string[];

/** Add two numbers.
 * @example add(1, 2) // => 3
 * @example add(1,2) // => 4
 * @example add(1) // => 1
 */
export declare function add(left: number, right: number): number;

/** Find a number.
 * @throws {LostError} when it is lost
 * @example find(1) // => 1
 * @example find(2) // throws LostError
 */
export declare function find(n: number): number;
`,
  "tests/bad.jaunt.ts": `import { test } from "@jaunt/spec";

/** Splits. */
export function aimless(): void {
  test();
}
`,
  "tests/split.jaunt.ts": `import { test } from "@jaunt/spec";
import { unshown } from "../src/bad.js";

/** Halves odd numbers, too. */
export function halves(): void {
  test(unshown);
}
`,
};

interface LintOutput {
  readonly ok: boolean;
  readonly modules: Readonly<
    Record<string, { readonly role: string; readonly specs: readonly Record<string, unknown>[] }>
  >;
  readonly totals: Readonly<Record<string, number>>;
  readonly findings: readonly {
    readonly code: string;
    readonly severity: string;
    readonly file: string;
    readonly start: { readonly line: number; readonly column: number };
    readonly message: string;
  }[];
}

async function lint(project: TemporaryProject, ...args: readonly string[]): Promise<LintOutput> {
  return (await runJaunt(project.root, ["lint", "--json", ...args])).json() as LintOutput;
}

function places({ findings }: LintOutput): readonly string[] {
  return findings.map(({ file, start, severity, code }) =>
    [`${file}:${String(start.line)}:${String(start.column)}`, severity, code].join(" "),
  );
}

describe("lint", () => {
  test("finds each kind at its place, and nothing in a good spec", async () => {
    const report = await lint(await open(files));
    expect(places(report)).toEqual([
      "src/bad.jaunt.ts:1:1 warning lint/no-doc",
      "src/bad.jaunt.ts:4:1 info lint/no-examples",
      "src/bad.jaunt.ts:7:13 warning lint/unchecked-example",
      "src/bad.jaunt.ts:8:13 info lint/unchecked-example",
      "src/bad.jaunt.ts:13:19 warning lint/uncovered-promise",
      "src/bad.jaunt.ts:13:49 warning lint/uncovered-promise",
      "src/bad.jaunt.ts:20:13 warning lint/contradicting-examples",
      "src/bad.jaunt.ts:21:13 warning lint/argument-count",
      "src/bad.jaunt.ts:26:4 warning lint/unknown-error",
      "tests/bad.jaunt.ts:4:1 warning lint/test-without-target",
      "tests/bad.jaunt.ts:4:1 warning lint/test-says-nothing",
    ]);
    expect(report.findings[2]?.message).toBe(
      "This example is not checked: it uses missing, which the spec file neither exports nor imports.",
    );
  });

  test("counts, by spec and in all", async () => {
    const report = await lint(await open(files));
    expect(report.modules["src/good"]?.specs).toEqual([
      expect.objectContaining({ ref: "src/good:largest", examples_checked: 2, promises: 1, promises_uncovered: 0 }),
    ]);
    expect(report.modules["src/bad"]?.specs[1]).toMatchObject({
      ref: "src/bad:unshown",
      examples_checked: 0,
      tests: 1,
    });
    expect(report.modules["src/bad"]?.specs[2]).toMatchObject({
      examples_checked: 1,
      examples_unchecked: 2,
      unchecked: [
        { kind: "example", text: "asText(1) // => missing()" },
        { kind: "example", text: "see the manual" },
      ],
    });
    expect(report.modules["tests/split"]).toMatchObject({ role: "test", specs: [{ targets: ["src/bad:unshown"] }] });
    expect(report.totals).toMatchObject({ specs: 7, specs_without: 2, examples: 11, examples_checked: 9, promises: 4 });
  });

  test("shows people each place by file, and how much is checked", async () => {
    const { stdout, exitCode } = await runJaunt((await open(files)).root, ["lint", "--target", "src/bad:split"]);
    expect(exitCode).toBe(0);
    expect(stdout).toContain(
      `src/bad.jaunt.ts
  src/bad.jaunt.ts:1:1 warning lint/no-doc: silent has no doc comment: its signature is all that the model is told.
    hint: Say what a caller may rely on, with an @example or two.
`,
    );
    expect(stdout).toContain(
      "\nlint: 7 of 9 examples are checked; 2 specs have none; 1 of 3 promises shown; 7 warnings, 2 notes (--verbose) in ",
    );
  });

  test.each([
    [[], 0],
    [["--strict"], 3],
    [["--strict", "--target", "src/good"], 0],
    [["--strict", "--exclude", "**/bad"], 0],
    [["--target", "src/none"], 2],
  ])("with %j ends in %i", async (args, expected) => {
    const project = await open(files);
    const { exitCode } = await runJaunt(project.root, ["lint", ...args]);
    expect(exitCode).toBe(expected);
    const { ok } = await lint(project, ...(expected === 2 ? [] : args));
    expect(ok).toBe(expected !== 3);
  });

  test("writes nothing, and needs no backend", async () => {
    const project = await open(files);
    const before = await snapshotTree(project.root);
    await runJaunt(project.root, ["lint"]);
    expect(await snapshotTree(project.root)).toEqual(before);
  });

  test("ends in 2 when a spec file cannot be read, and when there is none", async () => {
    const broken = await open({ ...files, "src/broken.jaunt.ts": "export declare function (" });
    expect((await runJaunt(broken.root, ["lint", "--strict"])).exitCode).toBe(2);
    expect((await runJaunt((await open({})).root, ["lint"])).exitCode).toBe(2);
  });

  test('says that builds run nothing with verify = "types"', async () => {
    const report = await lint(await open(files, '[build]\nverify = "types"\n'), "--target", "src/good");
    expect(report.findings).toMatchObject([{ code: "lint/verify-off", severity: "warning", file: "jaunt.toml" }]);
  });
});

test("of examples/mail every example is read, and no finding is about what its examples do show", async () => {
  const project = await copyExample("mail");
  opened.push(project);
  const { totals, findings } = await lint(project);
  expect(totals["examples_checked"]).toBe(totals["examples"]);
  expect(totals["promises"]).toBeGreaterThan(50);
  // All of these were read once and judged; a rule that grows careless shows here first.
  expect(findings.length).toBeLessThan(20);
});
