import { caseName, casesOf, type Layout, type SuiteTest } from "@jaunt/core";
import { runTsc } from "@jaunt/testkit";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { strictFlags, tsconfig } from "./fixture.ts";
import type { OpenedTarget } from "./opened-target.ts";
import { openVerified, type VerifiedProject } from "./verified-project.ts";

/*
 * What a build runs in the sandbox and what a project runs from its test files are the same examples and properties. Here each is
 * judged three times: in the sandbox, by vitest and by node:test, for right bodies and wrong ones.
 */

const spec = `import type { Shape } from "./shapes.js";
import { unit } from "./unit.js";

export class EmptyError extends Error {}
export interface Tally { readonly most: string; readonly times?: number }
export type Tree = { readonly value: 0 | 1 | 2 | 3; readonly kids: readonly Tree[] };

/** The greatest number.
 * @example greatest([1, 3, 2]) // => 3
 * @example greatest([]) // throws EmptyError: nothing is the greatest
 * @example greatest([]) // throws Error: nothing…
 * @example
 * const list = [4, 5];
 * const unused = greatest(list);
 * greatest(list) // => 5
 * @example console.log(greatest([-0])) // -0
 * @property for all xs: int[], x: int :: greatest([x, ...xs]) >= x
 * @property xs: number[] where xs.length > 0 :: xs.includes(greatest(xs))
 */
export declare function greatest(numbers: readonly number[]): number;

/** The text most often seen.
 * @example await tally(["a", "b", "a"]) // => { most: "a", times: 2 }
 * @example tally(["a"]) // resolves { most: "a" }
 * @example tally([]) // rejects EmptyError
 * @property texts: ("a" | "b")[] where texts.length > 0 :: (await tally(texts)).most.length === 1
 */
export declare function tally(texts: readonly string[]): Promise<Tally>;

/** The sum of all values of a tree, in {@link unit}s; of {@link Shape}s it knows nothing.
 * @example
 * sum({ value: 1, kids: [{ value: 2, kids: [] }] })
 * // => [
 * //   3,
 * //   unit,
 * // ]
 * @property for all tree: Tree :: sum({ value: 1, kids: [tree] })[0] === 1 + sum(tree)[0]
 * @property shape: Shape, tree: Tree :: shape.sides > -Infinity && sum(tree)[1] === unit
 */
export declare function sum(tree: Tree): [number, string];
`;

const right = `export function greatest(numbers: readonly number[]): number {
  const [first, ...others] = numbers;
  if (first === undefined) throw new EmptyError("nothing is the greatest");
  return others.reduce((most, each) => (each > most ? each : most), first);
}
export async function tally(texts: readonly string[]): Promise<Tally> {
  if (texts.length === 0) throw new EmptyError();
  const counts = new Map<string, number>();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  const [most = "", times = 0] = [...counts].sort((a, b) => b[1] - a[1])[0] ?? [];
  return times === 1 ? { most } : { most, times };
}
export function sum(tree: Tree): [number, string] {
  return [tree.value + tree.kids.reduce((all, kid) => all + sum(kid)[0], 0), unit];
}`;

/** What is changed in the right body. */
const bodies: readonly (readonly [name: string, from: string, to: string])[] = [
  ["is right", "", ""],
  ["gives the least", "each > most", "each < most"],
  ["throws another class of error", 'EmptyError("nothing', 'RangeError("nothing'],
  ["throws another message", "nothing is the greatest", "empty"],
  ["throws nothing", 'throw new EmptyError("nothing is the greatest")', "return 0"],
  ["forgets the first", ", first);", ", 0);"],
  [
    "is undefined where it is absent",
    "times === 1 ? { most } : { most, times }",
    "{ most, times: undefined } as never",
  ],
  [
    "throws at once",
    "export async function tally(texts: readonly string[]): Promise<Tally> {\n",
    "export function tally(texts: readonly string[]): Promise<Tally> {\n  if (texts.length === 0) throw new EmptyError();\n  return tallyAll(texts);\n}\nasync function tallyAll(texts: readonly string[]): Promise<Tally> {\n",
  ],
  ["leaves out what is nested", "sum(kid)[0]", "kid.value"],
  ["gives another unit", ", unit]", ", String(tree.value)]"],
  ["gives no array", "return [tree.value", "return (tree.value > 1e9) ? ({} as never) : [1 + tree.value"],
];

const few = `/** Twice the number.
 * @property for all numbers: int[] where numbers.length > 1e6 :: twice(numbers.length) < 0
 * @property for all context: int where context > 1e12 :: (await twice(context)) < 0
 * @property for all run: int where twice(run) === 2 * run :: twice(run) % 2 === 0
 * @property for all x: int where x > 0 :: twice(x) > 0
 */
export declare function twice(value: number): number;
`;

let project: VerifiedProject & OpenedTarget;

beforeAll(async () => {
  project = await openVerified(
    {
      "package.json": '{ "type": "module", "private": true, "devDependencies": { "vitest": "*", "fast-check": "*" } }',
      "tsconfig.json": tsconfig({ rootDir: "." }, { include: ["src", "tests"] }),
      "tests/.keep": "",
      "src/all.jaunt.ts": spec,
      "src/few.jaunt.ts": few,
      "src/unit.ts": 'export const unit = "kg";\n',
      "src/shapes.ts":
        'export type Named<Name> = { readonly name: Name };\nexport interface Shape extends Partial<Named<"square" | "circle">> { readonly sides: number; readonly color: "red" | null; readonly tags: ReadonlySet<string> }\n',
    },
    { packages: ["vitest", "fast-check"] },
  );
});
afterAll(() => project.close());

/** The verdict on every case by its name, in the sandbox. */
async function inSandbox(body: string, id = "src/all"): Promise<Readonly<Record<string, string>>> {
  const source = await project.source(id);
  const verdicts: Record<string, string> = {};
  for (const each of casesOf(source)) {
    const run = await project.run({ source, body }, [each]);
    const { passed, failed, skipped } = run;
    expect([passed, failed, skipped].sort()).toEqual([0, 0, 1]);
    verdicts[caseName(each)] = passed === 1 ? "passed" : failed === 1 ? "failed" : "skipped";
  }
  return verdicts;
}

/** The same from the composed file, which is written with the body beside it. */
async function inRunner(
  body: string,
  testRunner: Layout["testRunner"],
  id?: string,
): Promise<Readonly<Record<string, string>>> {
  const { tests } = await runExamples(body, testRunner, id);
  return Object.fromEntries(tests.map(({ name, outcome }) => [name, outcome]));
}

async function runExamples(
  body: string,
  testRunner: Layout["testRunner"],
  id = "src/all",
): Promise<{ readonly tests: readonly SuiteTest[]; readonly text: string }> {
  const source = await project.source(id);
  const layout = { ...project.layout, testRunner };
  const examples = project.target.composeExamples?.(source, layout, project.io);
  if (examples === undefined) throw new Error("there is no file of examples");
  for (const { path, text } of [...project.target.compose(source, body, layout), examples])
    await project.write(path, text);
  const run = await project.target.test?.([examples.path], { args: [], jobs: 1 }, layout, project.io);
  expect(run?.diagnostics).toEqual([]);
  return { tests: run?.tests ?? [], text: examples.text };
}

describe("a body that", () => {
  test.each(bodies)("%s is judged alike everywhere", async (name, from, to) => {
    const body = right.replace(from, () => to);
    const verdicts = await inSandbox(body);
    expect(Object.keys(verdicts)).toHaveLength(14);
    expect(Object.entries(verdicts).filter(([, verdict]) => verdict !== "passed").length > 0 ? verdicts : {}).toEqual(
      name === "is right" ? {} : verdicts,
    );
    expect(await inRunner(body, "vitest")).toEqual(verdicts);
    expect(await inRunner(body, "node:test")).toEqual(verdicts);
  });
});

describe("a property whose condition holds for too few values", () => {
  test.each([
    ["is not judged, in no place, unless the module under test is asked for it", "value * 2", ["passed", "passed"]],
    ["and then fails", "value * 2 + 1", ["failed", "passed"]],
    ["which is not to be mistaken for one that fails", "-value", ["failed", "failed"]],
  ])("%s", async (_name, code, others) => {
    const body = `export function twice(value: number): number {\n  return ${code};\n}`;
    const verdicts = await inSandbox(body, "src/few");
    expect(Object.values(verdicts)).toEqual(["skipped", "skipped", ...others]);
    expect(await inRunner(body, "vitest", "src/few")).toEqual(verdicts);
    expect(await inRunner(body, "node:test", "src/few")).toEqual(verdicts);
  });

  test.each(["vitest", "node:test"] as const)("a failure of one is shown where its test is, by %s", async (runner) => {
    const { tests, text } = await runExamples(
      "export function twice(value: number): number {\n  return -value;\n}",
      runner,
      "src/few",
    );
    const failure = tests.find(({ name }) => name === "for all x: int where x > 0 :: twice(x) > 0");
    expect(failure?.message).toContain("Counterexample: [1]");
    const line = failure?.start?.line ?? 0;
    const title = text
      .split("\n")
      .slice(0, line)
      .findLast((each) => each.startsWith("test("));
    expect(title).toContain("for all x: int where x > 0 :: twice(x) > 0");
  });
});

test("the file passes the strictest compiler and reads as if somebody had written it", async () => {
  await inRunner("export function twice(value: number): number {\n  return value;\n}", "vitest", "src/few");
  await inRunner(right, "vitest");
  await project.write(
    "tsconfig.json",
    tsconfig(
      { ...strictFlags, erasableSyntaxOnly: true, isolatedDeclarations: true, declaration: true, rootDir: "." },
      { include: ["src", "tests"] },
    ),
  );
  expect(await runTsc(project.root, ["-p", ".", "--noEmit"])).toMatchObject({ exitCode: 0, stdout: "" });
  const text = await project.read("tests/__generated__/examples/src/all.test.ts");
  expect(text).toMatchSnapshot();
});
