import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { casesOf, type Case, type TestRun } from "@jaunt/core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { endlessReplies, hostileReplies, hungryReplies, lawlessReplies, socketCalls } from "./hostile-replies.ts";
import { testedNodes, titleOf } from "./nodes.ts";
import { openVerifiedUnder, type VerifiedProject } from "./verified-project.ts";

/*
 * A build refuses most of these replies long before, for what they import or touch. Here they all get as far as the sandbox,
 * which has to hold without any of that, under each Node.
 */

let outside: string;
let server: Server;
let connections: number;

beforeAll(async () => {
  outside = mkdtempSync(join(tmpdir(), "jaunt-outside-"));
  connections = 0;
  server = createServer((socket) => {
    connections += 1;
    socket.destroy();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
});

afterAll(() => {
  server.close();
  rmSync(outside, { recursive: true });
});

/** How a project's files are loaded, and the package.json that says so. */
const moduleKinds = [
  ["ES modules", '{ "type": "module", "private": true }'],
  ["CommonJS", '{ "private": true }'],
] as const;

const doubleSpec = `/** Twice the number.
 * @example double(2) // => 4
 */
export declare function double(value: number): number;

/** Refuses everything.
 * @example refuse() // throws RangeError
 */
export declare function refuse(): void;
`;

const law = `/** The numbers from low to high.
 * @property for all numbers: int[] :: sorted(numbers).every((each, at, all) => at === 0 || (all[at - 1] ?? each) <= each)
 */
export declare function sorted(numbers: readonly number[]): number[];
`;

const lawTest = `import assert from "node:assert/strict";
import { test } from "vitest";
import { sorted } from "../../src/sorted.js";
export function sortsNumbers(): void {
  assert.deepEqual(sorted([3, 1, 2]), [1, 2, 3]);
  assert.equal([3, 1, 2].map((each) => sorted([each, 0])[0]).every((each) => each === 0), true);
}
test("sortsNumbers", sortsNumbers);
`;

describe.concurrent.each(testedNodes.map((each) => [titleOf(each), each] as const))("%s", (_title, tested) => {
  const onThisNode = describe.skipIf(tested.missing !== undefined);

  onThisNode("a hostile reply passes no example and touches nothing", () => {
    let project: VerifiedProject;
    /** The same where there is no program that makes namespaces, as on other systems than Linux. */
    let bare: VerifiedProject;
    let attacks = 0;

    beforeAll(async () => {
      const files = { "src/double.jaunt.ts": doubleSpec, "src/notes.txt": "the notes" };
      project = await openVerifiedUnder(tested.node, files);
      bare = await openVerifiedUnder(tested.node, files, { environment: {} });
    });
    afterAll(async () => {
      await project.close();
      await bare.close();
    });

    /** Runs a reply whose `double` does what `code` says, after `head`, and looks for traces. */
    async function attack(code: string, head = "", target: VerifiedProject = project): Promise<TestRun> {
      const place = join(outside, `${tested.name} ${(attacks += 1)}`);
      mkdirSync(place);
      writeFileSync(join(place, "secret.txt"), "the secret");
      const { port } = server.address() as { readonly port: number };
      const text = `${head}
export function double(value: number): number { ${code} }
export function refuse(): void { throw new TypeError("no"); }`
        .replaceAll("OUTSIDE", JSON.stringify(place))
        .replaceAll("PORT", String(port));
      const run = await target.verify("src/double", text);
      // A reply that does not even load would prove nothing.
      expect(JSON.stringify(run.diagnostics)).not.toContain("bundled");
      expect(readdirSync(place)).toEqual(["secret.txt"]);
      expect(readFileSync(join(place, "secret.txt"), "utf8")).toBe("the secret");
      expect(connections).toBe(0);
      return run;
    }

    test.each(hostileReplies)("%s", async (_name, code = "", head = "") => {
      const run = await attack(code, head);
      expect(run).toMatchObject({ passed: 0 });
      expect(run.failed + run.skipped).toBe(2);
    });

    test.each(socketCalls)("opens a socket: %s", async (call) => {
      const head = ["net", "http", "dgram", "dns"].map((name) => `import ${name} from "node:${name}";`).join("");
      for (const target of [project, bare]) {
        const run = await attack(`void [net, http, dgram, dns]; void ${call}; return 4`, head, target);
        const isThere = !call.includes("WebSocket") || tested.name !== "Node 20";
        expect(run).toMatchObject({ passed: 0, failed: isThere ? 1 : 2, skipped: isThere ? 1 : 0 });
      }
    });

    test.each(endlessReplies)("%s", async (_name, code = "", head = "") => {
      const before = performance.now();
      const run = await attack(code, head);
      expect(run).toMatchObject({ passed: 0, failed: 1 });
      expect(run.diagnostics[0]?.message).toMatch(/nothing within 5 seconds|a promise that never settles/);
      expect(performance.now() - before).toBeLessThan(15_000);
    });

    test.each(hungryReplies)("fills the heap: %s", async (code) => {
      expect((await attack(code)).diagnostics[0]?.message).toMatch(/more than 256 MB|nothing within 5 seconds/);
    });

    test.runIf(process.platform === "linux")("fills the memory with buffers, which no heap limit counts", async () => {
      const { passed, diagnostics } = await attack(
        "const all: unknown[] = []; for (;;) all.push(Buffer.alloc(1e6, 1))",
        'import { Buffer } from "node:buffer";',
      );
      expect(passed).toBe(0);
      expect(diagnostics[0]?.message).toContain("nothing before more than 512 MB of memory were used");
    });

    test("what the sandbox takes away is not charged to code that says it needs it", async () => {
      const run = await attack(
        'return readFileSync("src/notes.txt", "utf8").length',
        'import { readFileSync } from "node:fs";',
      );
      expect(run.diagnostics.map(({ code, severity, message }) => [severity, code, message])).toEqual([
        ["error", "verify/example", expect.stringContaining("received: threw TypeError: no")],
        ["info", "verify/not-run", "1 example is not run: it needs the FileSystemRead."],
      ]);
    });

    test("not even when the code hides it", async () => {
      const run = await attack(
        'try { return readFileSync("src/notes.txt", "utf8").length } catch { return 0 }',
        'import { readFileSync } from "node:fs";',
      );
      expect(run).toMatchObject({ passed: 0, failed: 1, skipped: 1 });
    });

    test("it starts with an empty environment, far from the clock of the machine's place, in this Node", async () => {
      const run = await attack(
        `return Object.keys(process.env).join() === "TZ" && new Date(0).getHours() === 0 && "Node " + parseInt(process.versions.node) === "${tested.name}" ? 4 : 0`,
      );
      expect(run).toMatchObject({ passed: 1, failed: 1 });
    });
  });

  onThisNode.each(moduleKinds)("a hostile reply passes no property and no test either, in %s", (_kind, manifest) => {
    let laws: VerifiedProject;
    beforeAll(async () => {
      laws = await openVerifiedUnder(tested.node, {
        "package.json": manifest,
        "src/sorted.jaunt.ts": law,
        "tests/__generated__/sorted.test.ts": lawTest,
        "tests/__generated__/expects.test.ts": lawTest.replace("{ test }", "{ expect, test }"),
        "tests/__generated__/broken.test.ts": "throw new Error('at once');\nexport function breaks() {}",
      });
    });
    afterAll(() => laws.close());

    const cases = async (paths: readonly string[] = ["sorted"]): Promise<readonly Case[]> => {
      const about = { kind: "test", ref: "tests/sorted:sortsNumbers", file: "tests/sorted.jaunt.ts" } as const;
      const name = "sortsNumbers";
      const tests = paths.map((path) => ({ ...about, text: name, name, path: `tests/__generated__/${path}.test.ts` }));
      return [...casesOf(await laws.source("src/sorted")), ...tests];
    };
    const run = async (code: string, head = "", paths?: readonly string[]): Promise<TestRun> => {
      const body = `${head}\nexport function sorted(numbers: readonly number[]): number[] { ${code} }`;
      const result = await laws.run({ source: await laws.source("src/sorted"), body }, await cases(paths));
      expect(JSON.stringify(result.diagnostics)).not.toContain("bundled");
      return result;
    };
    const right = "return [...numbers].sort((a, b) => a - b);";

    test("which a right one passes, and a test that does not load harms no other", async () => {
      expect(await run(right)).toEqual({
        passed: 2,
        passedByKind: { property: 1, test: 1 },
        failed: 0,
        skipped: 0,
        diagnostics: [],
      });
      const { passed, failed, diagnostics } = await run(right, "", ["expects", "broken", "sorted"]);
      expect([passed, failed]).toEqual([2, 0]);
      expect(diagnostics.map(({ code, message }) => `${code} ${message}`).sort()).toEqual([
        "verify/not-run 1 test is not run: its file does not load: Error: at once.",
        "verify/not-run 1 test is not run: tests/__generated__/expects.test.ts imports expect of vitest, which works in the project's runner only.",
      ]);
    });

    test("and a wrong one fails, with what is needed to mend it", async () => {
      const { diagnostics } = await run("return [...numbers].sort();");
      expect(diagnostics.map(({ code, message }) => `${code}\n${message}`)).toEqual([
        expect.stringMatching(
          /^verify\/property\nA property fails: for all .*\ncounterexample: \{ numbers: \[ -?\d+, -?\d+ \] \}\nreceived: false$/,
        ),
      ]);
      expect((await run("return [...numbers];")).diagnostics[1]?.message).toMatch(
        /^A test fails: sortsNumbers\nExpected values to be strictly deep-equal:/,
      );
    });

    test("with the same counterexample every time", async () => {
      const first = await run("return [...numbers].sort();");
      expect(first.diagnostics).toHaveLength(1);
      for (let again = 0; again < 3; again += 1) expect(await run("return [...numbers].sort();")).toEqual(first);
    });

    test("also a whole file that stands for what was built", async () => {
      const source = await laws.source("src/sorted");
      const built = "export function sorted(numbers: readonly number[]): number[] { return [...numbers]; }\n";
      expect(await laws.run({ source, built }, await cases())).toMatchObject({ passed: 0, failed: 2 });
    });

    test("and one that hangs is told with the values that it hangs on", async () => {
      const { diagnostics } = await run("if (numbers.length > 2) for (;;); return [...numbers].sort((a, b) => a - b);");
      expect(diagnostics[0]?.message).toMatch(
        /received: nothing within 5 seconds, tried with \{ numbers: \[(?: -?\d+,){2,}/,
      );
    });

    test.each(lawlessReplies)("%s", async (_name, code = "", head = "") => {
      const result = await run(code, head);
      expect(result).toMatchObject({ passed: 0 });
      expect(result.failed).toBeGreaterThan(0);
      expect(result.failed + result.skipped).toBe(2);
    });
  });
});
