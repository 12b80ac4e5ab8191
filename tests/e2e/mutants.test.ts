import type { TemporaryProject } from "@jaunt/testkit";
import { afterEach, expect, test } from "vitest";
import { createTestedProject, files, jaunt, jauntJson, type TestedProjectOptions } from "./tested-project.ts";

const opened: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of opened.splice(0)) await close();
});

async function open(options: TestedProjectOptions): Promise<TemporaryProject> {
  const project = await createTestedProject(options);
  opened.push(() => project.remove());
  return project;
}

const weak = `/**
 * What it costs to send goods of so many euros: nothing from 50 on, else two for each and five.
 * @example fee(100) // => 0
 */
export declare function fee(total: number): number;
`;
const strong = weak.replace(
  "fee(100) // => 0",
  "fee(100) // => 0\n * @example fee(50) // => 0\n * @example fee(49) // => 103",
);
const none = Object.fromEntries(
  Object.keys(files).flatMap((path) => (path.includes("slug") ? [] : [[path, undefined]])),
);
const fees: TestedProjectOptions = {
  files: { ...none, "src/fees.jaunt.ts": weak },
  replies: {
    "src/fees": "export function fee(total: number): number {\n  return total >= 50 ? 0 : total * 2 + 5;\n}",
  },
};

interface Score {
  readonly ref: string;
  readonly mutants: number;
  readonly killed: number;
  readonly survivors: readonly { readonly description: string; readonly file: string; readonly line: number }[];
  readonly left_out: number;
}

async function score(project: TemporaryProject, ...args: readonly string[]): Promise<readonly Score[]> {
  const { code, report } = await jauntJson(project, "test", "--mutants", ...args);
  expect(code).toBe(0);
  expect(report["diagnostics"]).toEqual([]);
  return report["mutation"] as readonly Score[];
}

test("a weak example lets mutants live, each shown where it is, and stronger ones kill them", async () => {
  const project = await open(fees);
  const [before] = await score(project);
  const lines = (await project.read("src/__generated__/fees.ts")).split("\n");
  const line = lines.findIndex((text) => text.includes("total >= 50")) + 1;
  const file = "src/__generated__/fees.ts";
  expect(before?.ref).toBe("src/fees:fee");
  expect(before?.survivors).toEqual(
    expect.arrayContaining([
      { description: "`total >= 50` to `total > 50`", file, line },
      { description: "`total * 2` to `total / 2`", file, line },
      { description: "`total >= 50` to `total >= 51`", file, line },
    ]),
  );
  expect(before?.killed).toBeGreaterThan(0);

  await project.write("src/fees.jaunt.ts", strong);
  const [after] = await score(project);
  expect(after).toEqual({
    ref: "src/fees:fee",
    mutants: before?.mutants,
    killed: before?.mutants,
    survivors: [],
    left_out: 0,
  });
}, 60_000);

test("the same project gives the same report twice, and no file is changed by it", async () => {
  const project = await open({});
  const first = await score(project);
  const code = await project.read("src/__generated__/email.ts");
  expect(await score(project, "--jobs", "1")).toEqual(first);
  expect(await project.read("src/__generated__/email.ts")).toBe(code);
  // Nothing but a generated test says anything of this one.
  expect(first.find(({ ref }) => ref === "src/report:countDomain")?.killed).toBeGreaterThan(0);
}, 60_000);

test("no more mutants are run than asked for, and the summary is a table", async () => {
  const project = await open(fees);
  const { exitCode, stdout } = await jaunt(project, "test", "--mutants=3");
  expect(exitCode).toBe(0);
  expect(stdout).toMatch(/^spec +killed +mutants +share$/m);
  expect(stdout).toMatch(/^src\/fees:fee +[0-3] +3 +\d+ %$/m);
  expect(stdout).toMatch(/^ {2}src\/__generated__\/fees\.ts:\d+ `.*` to `.*`$/m);
  expect(stdout).toMatch(/hint: .*@example/);
  expect(stdout).toContain("Not all were run");
}, 60_000);

test("code that fails its own tests is not mutated, and that is said", async () => {
  const project = await open({ ...fees, config: '[build]\nverify = "types"\n' });
  await project.write("src/fees.jaunt.ts", weak.replace("// => 0", "// => 7"));
  const { code, report } = await jauntJson(project, "test", "--mutants");
  expect(code).toBe(4);
  expect(report["mutation"]).toEqual([]);
  expect(report["diagnostics"]).toMatchObject([{ code: "mutation/failing", file: "src/fees.jaunt.ts" }]);
}, 60_000);

test("a number of mutants that is none is refused", async () => {
  const project = await open(fees);
  const { exitCode, stderr } = await jaunt(project, "test", "--mutants=0");
  expect(exitCode).toBe(2);
  expect(stderr).toContain("whole number from 1");
});
