import { readdirSync, readFileSync, readlinkSync } from "node:fs";
import { createTemporaryProject, runJaunt, startJaunt, waitFor, type TemporaryProject } from "@jaunt/testkit";
import { afterEach, describe, expect, test } from "vitest";
import { tsconfig } from "./fixture.ts";
import { recordings } from "./recorded-project.ts";

const opened: TemporaryProject[] = [];
afterEach(async () => {
  for (const project of opened.splice(0)) await project.remove();
});

async function open(files: Readonly<Record<string, string>>, config = ""): Promise<TemporaryProject> {
  const project = await createTemporaryProject(
    {
      "jaunt.toml": `[llm]\nprovider = "replay"\n${config}`,
      "package.json": '{ "type": "module", "private": true }',
      "tsconfig.json": tsconfig(),
      ...files,
    },
    { nodeModules: ["@jaunt/spec", "@types/node", "typescript"] },
  );
  opened.push(project);
  return project;
}

const clamp = `/** The number, or the bound that it is beyond.
 * @example clamp(5, 0, 3) // => 3
 * @example clamp(-1, 0, 3) // => 0
 * @example clamp(1, 3, 0) // throws RangeError
 */
export declare function clamp(value: number, low: number, high: number): number;
`;
const body = (code: string): string =>
  `export function clamp(value: number, low: number, high: number): number {\n  ${code}\n}`;
const check = 'if (low > high) throw new RangeError("low is above high");';
const right = body(`${check} return Math.min(Math.max(value, low), high);`);
const wrong = body(`${check} return Math.max(Math.min(value, low), high);`);

async function report(
  project: TemporaryProject,
  args: readonly string[] = [],
): Promise<Readonly<Record<string, unknown>>> {
  const { stdout } = await runJaunt(project.root, ["build", "--json", ...args]);
  return JSON.parse(stdout) as Readonly<Record<string, unknown>>;
}

describe("a reply that type-checks and is wrong", () => {
  test("is rejected by an example and repaired, for the model is told call, expected and received", async () => {
    const project = await open({
      "src/clamp.jaunt.ts": clamp,
      ...recordings({ "src/clamp": wrong }),
      ...recordings({ "src/clamp": right }, 2),
    });
    const { exitCode, stderr } = await runJaunt(project.root, ["build", "--debug"]);
    expect([exitCode, stderr]).toEqual([0, expect.stringContaining("attempt 1 rejected: 1 error: An example fails")]);
    expect(await project.read("src/__generated__/clamp.ts")).toContain("Math.min(Math.max(value, low), high)");
    const prompt = await project.read(".jaunt/prompts/src/clamp.2.md");
    expect(prompt).toContain("An example fails: clamp(-1, 0, 3)\nexpected: 0\nreceived: 3");
    expect(prompt).toContain("Math.max(Math.min(value, low), high)");
  });

  test("fails with exit code 3 when it is not repaired, keeps what a person needs, and writes nothing of it", async () => {
    const other = body(`${check} return value;`);
    const project = await open({
      "src/clamp.jaunt.ts": clamp,
      ...recordings({ "src/clamp": wrong }),
      ...recordings({ "src/clamp": other }, 2),
      ...recordings({ "src/clamp": wrong }, 3),
    });
    const { exitCode, stdout, stderr } = await runJaunt(project.root, ["build"]);
    expect(exitCode).toBe(3);
    expect(stdout + stderr).toContain("src/clamp.jaunt.ts:3:13 error verify/example");
    expect(await project.read("src/__generated__/clamp.ts")).toContain("jaunt:kind=placeholder");
    const failure = await project.read(".jaunt/failed/src/clamp.md");
    expect(failure).toContain("Attempts: 3.");
    expect(failure).toContain(
      "src/clamp.jaunt.ts:3:13: error: An example fails: clamp(-1, 0, 3)\nexpected: 0\nreceived: 3",
    );
    expect(failure).toContain("Math.max(Math.min(value, low), high)");
  });

  test("ends early when it fails the same example in the same way", async () => {
    const again = body(`${check} const bound = Math.min(value, low); return Math.max(bound, high);`);
    const project = await open({
      "src/clamp.jaunt.ts": clamp,
      ...recordings({ "src/clamp": wrong }),
      ...recordings({ "src/clamp": again }, 2),
      ...recordings({ "src/clamp": right }, 3),
    });
    expect(await report(project)).toMatchObject({ calls: 2, failed: [{ module: "src/clamp", attempts: 2 }] });
  });

  test('passes with verify = "types", as its price', async () => {
    const project = await open(
      { "src/clamp.jaunt.ts": clamp, ...recordings({ "src/clamp": wrong }) },
      '[build]\nverify = "types"\n',
    );
    expect(await report(project)).toMatchObject({ generated: ["src/clamp"], examples: { passed: 0, not_run: 0 } });
  });

  test.each(["examples", "tests"])('verify = "%s" runs examples', async (verify) => {
    const project = await open(
      { "src/clamp.jaunt.ts": clamp, ...recordings({ "src/clamp": right }) },
      `[build]\nverify = "${verify}"\n`,
    );
    expect(await report(project)).toMatchObject({ generated: ["src/clamp"], examples: { passed: 3, not_run: 0 } });
  });
});

test("examples that cannot run are said and cost no call", async () => {
  const project = await open({
    "src/size.jaunt.ts": `import { statSync } from "node:fs";
/** Size of a file, by {@link statSync}.
 * @example size("package.json") // => 39
 */
export declare function size(path: string): number;
`,
    ...recordings({ "src/size": "export function size(path: string): number {\n  return statSync(path).size;\n}" }),
  });
  const { exitCode, stdout, stderr } = await runJaunt(project.root, ["build"]);
  expect([exitCode, stdout + stderr]).toEqual([
    0,
    expect.stringContaining("1 example is not run: it needs the FileSystemRead."),
  ]);
});

describe("a dependency changed", () => {
  const base = (doc: string): string =>
    `/** ${doc}\n * @example base(2) // => 4\n */\nexport declare function base(n: number): number;\n`;
  const next = (example: string): string =>
    `import { base } from "./base.js";\n/** One more than {@link base}.${example} */\nexport declare function next(n: number): number;\n`;
  const replies = {
    "src/base": "export function base(n: number): number {\n  return n * 2;\n}",
    "src/next": "export function next(n: number): number {\n  return base(n) + 1;\n}",
  };

  async function openPair(example: string): Promise<TemporaryProject> {
    const project = await open({
      "src/base.jaunt.ts": base("Twice the number."),
      "src/next.jaunt.ts": next(example),
      ...recordings(replies),
    });
    await report(project);
    return project;
  }

  test("a body that passes its examples is kept, and they are its evidence", async () => {
    const project = await openPair("\n * @example next(3) // => 7\n *");
    await project.write("src/base.jaunt.ts", base("The number, doubled."));
    const built = await report(project);
    expect(built).toMatchObject({
      restamped: ["src/next"],
      restamps: [{ module: "src/next", evidence: "examples", examples: 1 }],
      calls: 1,
    });
    expect(JSON.stringify(built["diagnostics"])).toContain("restamped (types and 1 example): src/next");
  });

  test("without examples, types are all the evidence there is", async () => {
    const project = await openPair("");
    await project.write("src/base.jaunt.ts", base("The number, doubled."));
    const built = await report(project);
    expect(built).toMatchObject({ restamps: [{ module: "src/next", evidence: "types", examples: 0 }] });
    expect(JSON.stringify(built["diagnostics"])).toContain("restamped (types only): src/next");
  });

  test("a body that type-checks and no longer does what its examples say is asked for anew", async () => {
    const project = await openPair("\n * @example next(3) // => 7\n *");
    await project.write(
      "src/base.jaunt.ts",
      base("Twice the number.").replace("=> 4", "=> 6").replace("Twice", "Thrice"),
    );
    const changed = {
      "src/base": replies["src/base"].replace("* 2", "* 3"),
      "src/next": replies["src/next"].replace("+ 1", "- 2"),
    };
    for (const [path, text] of Object.entries(recordings(changed))) await project.write(path, text);
    expect(await report(project)).toMatchObject({ generated: ["src/base", "src/next"], restamped: [], calls: 2 });
    expect(await project.read("src/__generated__/next.ts")).toContain("base(n) - 2");
  });
});

test("a spec whose kept code fails its example is asked for together with the others", async () => {
  const spec = (first: string): string =>
    `/** ${first} */\nexport declare function one(): number;\n/** Two more.\n * @example two() // => 3\n */\nexport declare function two(): number;\n`;
  const whole = (one: number): string =>
    `export function one(): number {\n  return ${one};\n}\nexport function two(): number {\n  return one() + 2;\n}`;
  const project = await open({ "src/pair.jaunt.ts": spec("One."), ...recordings({ "src/pair": whole(1) }) });
  expect(await report(project)).toMatchObject({ generated: ["src/pair"] });
  await project.write("src/pair.jaunt.ts", spec("Five."));
  const replies = {
    ...recordings({ "src/pair": "export function one(): number {\n  return 5;\n}" }),
    ...recordings({ "src/pair": whole(5).replace("+ 2", "- 2") }, 2),
  };
  for (const [path, text] of Object.entries(replies)) await project.write(path, text);
  expect(await report(project)).toMatchObject({ generated: ["src/pair"], calls: 2, spliced: [] });
  expect(await project.read("src/__generated__/pair.ts")).toContain("one() - 2");
});

test.runIf(process.platform === "linux")("a build that is killed leaves no example running", async () => {
  const loops = body("for (;;) void [value, low, high];");
  const project = await open({ "src/clamp.jaunt.ts": clamp, ...recordings({ "src/clamp": loops }) });
  const running = startJaunt(project.root, ["build"]);
  const inProject = (): readonly string[] =>
    processesIn(project.root).filter((line) => line.includes("--input-type=module"));
  await waitFor(() => inProject().length > 0);
  running.kill("SIGKILL");
  await waitFor(() => inProject().length === 0, { timeoutMs: 2000 });
});

/** Command lines of the processes whose working directory is `folder`. */
function processesIn(folder: string): readonly string[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      try {
        return readlinkSync(`/proc/${pid}/cwd`) === folder ? [readFileSync(`/proc/${pid}/cmdline`, "utf8")] : [];
      } catch {
        return [];
      }
    });
}
