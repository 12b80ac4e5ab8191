import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { casesOf, type Case, type TestRun } from "@jaunt/core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openVerified, type VerifiedProject } from "./verified-project.ts";

/*
 * A build refuses most of these replies long before, for what they import or touch. Here they all get as far as the sandbox,
 * which has to hold without any of that.
 */

let project: VerifiedProject;
/** The same where there is no program that makes namespaces, as on other systems than Linux. */
let bare: VerifiedProject;
let outside: string;
let server: Server;
let connections: number;

beforeAll(async () => {
  outside = mkdtempSync(join(tmpdir(), "jaunt-outside-"));
  writeFileSync(join(outside, "secret.txt"), "the secret");
  const files = {
    "src/double.jaunt.ts": `/** Twice the number.
 * @example double(2) // => 4
 */
export declare function double(value: number): number;

/** Refuses everything.
 * @example refuse() // throws RangeError
 */
export declare function refuse(): void;
`,
    "src/notes.txt": "the notes",
  };
  project = await openVerified(files);
  bare = await openVerified(files, {});
  connections = 0;
  server = createServer((socket) => {
    connections += 1;
    socket.destroy();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
});

afterAll(async () => {
  server.close();
  rmSync(outside, { recursive: true });
  await project.close();
  await bare.close();
});

/** Runs a reply whose `double` does what `code` says, after `head`. */
async function attack(code: string, head = "", target: VerifiedProject = project): Promise<TestRun> {
  const place = JSON.stringify(outside);
  const { port } = server.address() as { readonly port: number };
  const text = `${head}
export function double(value: number): number { ${code} }
export function refuse(): void { throw new TypeError("no"); }`
    .replaceAll("OUTSIDE", place)
    .replaceAll("PORT", String(port));
  const run = await target.verify("src/double", text);
  // A reply that does not even load would prove nothing.
  expect(JSON.stringify(run.diagnostics)).not.toContain("bundled");
  return run;
}

function snapshot(): unknown {
  return readdirSync(outside).map((name) => [name, readFileSync(join(outside, name), "utf8")]);
}

describe("a hostile reply passes no example and touches nothing", () => {
  const replies: readonly (readonly [name: string, code: string, head?: string])[] = [
    ["exits", "process.exit(0)"],
    ["exits while it loads", "return 4", "process.exit(0);"],
    ["exits below Node", "(process as any).reallyExit(0); return 0"],
    ["aborts", "process.abort()"],
    ["prints pass and exits", 'console.log("pass"); process.stdout.write("pass\\n"); process.exit(0)'],
    [
      "writes pass to every descriptor and exits",
      `for (let fd = 0; fd < 20; fd += 1) try { writeSync(fd, '\\n["pass",0,"",""]\\n["done",2,"",""]\\n'); } catch {} process.exit(0)`,
      'import { writeSync } from "node:fs";',
    ],
    [
      "looks for the nonce in what it can read",
      `const seen = [process.argv, process.execArgv, process.env, new Error().stack, readable(0), readable(3), readable(4), String(globalThis)].join(" ");
       for (const [nonce] of seen.matchAll(/[0-9a-f]{32}/g)) writeSync(4, "\\n" + nonce + '["pass",0,"",""]\\n'); return 0`,
      `import { readFileSync, writeSync } from "node:fs"; const readable = (fd: number) => { try { return readFileSync(fd, "utf8") } catch { return "" } };`,
    ],
    [
      "looks for the nonce in the heap",
      `const found = new Set(JSON.stringify(v8.getHeapSnapshot().read()?.toString()).match(/[0-9a-f]{32}/g)); for (const nonce of found) writeSync(4, "\\n" + nonce + '["pass",0,"",""]\\n'); return 0`,
      'import v8 from "node:v8"; import { writeSync } from "node:fs";',
    ],
    [
      "listens to what the harness calls",
      "return 0",
      `const seen: unknown[] = [];
       for (const owner of [JSON, fs, String.prototype, Array.prototype, Function.prototype, Promise.prototype] as any[])
         for (const key of Object.getOwnPropertyNames(owner)) { const original = owner[key]; if (typeof original === "function" && key !== "constructor") try { owner[key] = function (...given: any[]) { for (const each of given) { const [nonce] = /[0-9a-f]{32}/.exec(String(each)) ?? []; if (nonce) original === fs.writeSync || fs.writeSync(4, "\\n" + nonce + '["pass",0,"",""]\\n'); } return Reflect.apply(original, this, given); } } catch {} }
       import fs from "node:fs"; syncBuiltinESMExports(); import { syncBuiltinESMExports } from "node:module"; void seen;`,
    ],
    ["closes the channel", "closeSync(4); return 4", 'import { closeSync } from "node:fs";'],
    ["floods the channel", 'for (;;) writeSync(4, "x".repeat(1e5))', 'import { writeSync } from "node:fs";'],
    [
      "changes how values are compared",
      "return 0",
      `import util from "node:util"; import { syncBuiltinESMExports } from "node:module";
       (util as any).isDeepStrictEqual = () => true; syncBuiltinESMExports(); Object.is = () => true;`,
    ],
    [
      "changes how results are written",
      "return 0",
      `JSON.stringify = (() => '"pass"') as any; (Object.prototype as any).toJSON = () => "pass"; (String.prototype as any).toJSON = () => "pass";`,
    ],
    [
      "changes what every object is",
      "return 0",
      `for (const key of ["ok", "passed", "kind", "isPure", "then", "judged", "expected"]) Object.defineProperty(Object.prototype, key, { value: "pass", configurable: true, writable: true });`,
    ],
    [
      "changes what arrays do",
      "return 0",
      `Array.prototype.every = Array.prototype.some = () => true; Array.prototype[Symbol.iterator] = function* () {} as any;`,
    ],
    [
      "changes promises",
      "return 0",
      `Promise.prototype.then = function () { return Promise.resolve("pass"); } as any; globalThis.Promise = class { then() {} } as any;`,
    ],
    [
      "changes what is an error",
      "return 0",
      `for (const Class of [Error, RangeError, TypeError]) Object.defineProperty(Class, Symbol.hasInstance, { value: () => true }); globalThis.RangeError = TypeError as any;`,
    ],
    [
      "claims that it has loaded",
      "return 0",
      `for (const key of Object.getOwnPropertySymbols(globalThis)) try { (globalThis as any)[key](false); (globalThis as any)[key] = () => {}; } catch {}`,
    ],
    ["writes a file", 'writeFileSync(OUTSIDE + "/planted", "x"); return 4', 'import { writeFileSync } from "node:fs";'],
    [
      "changes and deletes files",
      'for (const act of [() => appendFileSync(OUTSIDE + "/secret.txt", "x"), () => rmSync(OUTSIDE + "/secret.txt"), () => mkdirSync(OUTSIDE + "/planted"), () => symlinkSync("/", OUTSIDE + "/planted"), () => openSync(OUTSIDE + "/planted", "w")]) try { act(); } catch {} return 0',
      'import { appendFileSync, mkdirSync, openSync, rmSync, symlinkSync } from "node:fs";',
    ],
    [
      "writes reports",
      'const p = process as any; for (const act of [() => p.report.writeReport(OUTSIDE + "/planted"), () => v8.writeHeapSnapshot(OUTSIDE + "/planted"), () => trace.createTracing({ categories: ["v8"] }).enable(), () => v8.setFlagsFromString("--prof")]) try { act(); } catch {} return 0',
      'import v8 from "node:v8"; import trace from "node:trace_events";',
    ],
    [
      "reads outside of the project",
      'return readFileSync(OUTSIDE + "/secret.txt", "utf8") === "the secret" ? 4 : 0',
      'import { readFileSync } from "node:fs";',
    ],
    [
      "reads inside of the project",
      'return readFileSync("src/notes.txt", "utf8") === "the notes" ? 4 : 0',
      'import { readFileSync } from "node:fs";',
    ],
    [
      "reads with what Node gives at run time",
      'return (process as any).getBuiltinModule("fs").readFileSync("src/notes.txt", "utf8") ? 4 : 0',
    ],
    [
      "requires a file",
      'return createRequire(OUTSIDE + "/x")("./secret.txt") ? 4 : 0',
      'import { createRequire } from "node:module";',
    ],
    [
      "spawns",
      'return spawnSync("touch", [OUTSIDE + "/planted"]).status === 0 ? 4 : 0',
      'import { spawnSync } from "node:child_process";',
    ],
    [
      "spawns below Node",
      'for (const name of ["spawn_sync", "process_wrap", "fs"]) { (process as any).binding(name); return 4; } return 0',
    ],
    [
      "starts a worker",
      "new Worker(\"require('fs')\", { eval: true }); return 4",
      'import { Worker } from "node:worker_threads";',
    ],
    ["kills its parent", 'process.kill(process.ppid, "SIGKILL"); return 4'],
    [
      "opens an inspector",
      "const session = new Session(); session.connect(); return 4",
      'import { Session } from "node:inspector";',
    ],
    ["evaluates code", "return new Function(\"return process.binding('fs') && 4\")()"],
    ["floods the console", 'for (let i = 0; i < 1e5; i += 1) console.log("x".repeat(1000)); return 0'],
    ["throws later", 'setTimeout(() => { throw new Error("later"); }); return new Promise(() => {}) as any'],
    ["never settles", "return new Promise(() => {}) as any"],
    [
      "returns something that cannot be looked at",
      "return new Proxy({}, { get() { process.exit(0); }, ownKeys() { process.exit(0); } }) as any",
    ],
  ];

  test.each(replies)("%s", async (_name, code = "", head = "") => {
    const before = snapshot();
    const run = await attack(code, head);
    expect(run).toMatchObject({ passed: 0 });
    expect(run.failed + run.skipped).toBe(2);
    expect(snapshot()).toEqual(before);
    expect(connections).toBe(0);
  });

  const calls = [
    'net.connect(PORT, "127.0.0.1")',
    'net.createConnection({ path: "/run/docker.sock" })',
    "new net.Socket().connect(PORT)",
    'http.get("http://127.0.0.1:PORT/")',
    'fetch("http://127.0.0.1:PORT/")',
    'dgram.createSocket("udp4").send("x", PORT)',
    'dns.lookup("localhost", () => {})',
    "net.createServer().listen(0)",
    ...("WebSocket" in globalThis ? ['new WebSocket("ws://127.0.0.1:PORT")'] : []),
  ];
  test.each(calls)("opens a socket: %s", async (call) => {
    const head = ["net", "http", "dgram", "dns"].map((name) => `import ${name} from "node:${name}";`).join("");
    for (const target of [project, bare]) {
      const run = await attack(`void [net, http, dgram, dns]; void ${call}; return 4`, head, target);
      expect(run).toMatchObject({ passed: 0, failed: 1, skipped: 1 });
    }
    expect(connections).toBe(0);
  });

  const endless: readonly (readonly [name: string, code: string, head?: string])[] = [
    ["loops", "for (;;);"],
    ["loops while it loads", "return 4", "for (;;);"],
    ["loops through promises", "return (async () => { for (;;) await null; })() as any"],
    ["waits for ever", "return new Promise(() => setInterval(() => {}, 1000)) as any"],
  ];
  test.concurrent.each(endless)("%s", async (_name, code = "", head = "") => {
    const before = performance.now();
    const run = await attack(code, head);
    expect(run).toMatchObject({ passed: 0, failed: 1 });
    expect(run.diagnostics[0]?.message).toMatch(/nothing within 5 seconds|a promise that never settles/);
    expect(performance.now() - before).toBeLessThan(15_000);
  });

  const hungry = [
    "const all: unknown[] = []; for (;;) all.push(new Array(1e5).fill(value))",
    "const all: unknown[] = []; for (;;) all.push({ ...all.slice(-50) })",
    'let text = "x"; const all: string[] = []; for (;;) all.push(text = (text + value).split("").join(""))',
  ];
  test.each(hungry)("fills the heap: %s", async (code) => {
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
});

describe("a hostile reply passes no property and no test either", () => {
  const law = `/** The numbers from low to high.
 * @property for all numbers: int[] :: sorted(numbers).every((each, at, all) => at === 0 || (all[at - 1] ?? each) <= each)
 */
export declare function sorted(numbers: readonly number[]): number[];
`;
  const testFile = `import assert from "node:assert/strict";
import { test } from "vitest";
import { sorted } from "../../src/sorted.js";
export function sortsNumbers(): void {
  assert.deepEqual(sorted([3, 1, 2]), [1, 2, 3]);
  assert.equal([3, 1, 2].map((each) => sorted([each, 0])[0]).every((each) => each === 0), true);
}
test("sortsNumbers", sortsNumbers);
`;
  let laws: VerifiedProject;
  beforeAll(async () => {
    laws = await openVerified({
      "src/sorted.jaunt.ts": law,
      "tests/__generated__/sorted.test.ts": testFile,
      "tests/__generated__/expects.test.ts": testFile.replace("{ test }", "{ expect, test }"),
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
  const run = async (code: string, head = "", paths?: readonly string[]): Promise<TestRun | undefined> => {
    const body = `${head}\nexport function sorted(numbers: readonly number[]): number[] { ${code} }`;
    const subject = { source: await laws.source("src/sorted"), body, layout: laws.layout };
    const result = await laws.target.verify?.(subject, await cases(paths), laws.io);
    expect(JSON.stringify(result?.diagnostics)).not.toContain("bundled");
    return result;
  };
  const right = "return [...numbers].sort((a, b) => a - b);";

  test("which a right one passes, and a test that does not load harms no other", async () => {
    expect(await run(right)).toEqual({ passed: 2, failed: 0, skipped: 0, diagnostics: [] });
    const { passed, failed, diagnostics } = (await run(right, "", ["expects", "broken", "sorted"])) ?? {};
    expect([passed, failed]).toEqual([2, 0]);
    expect(diagnostics?.map(({ code, message }) => `${code} ${message}`).sort()).toEqual([
      "verify/not-run 1 test is not run: its file does not load: Error: at once.",
      "verify/not-run 1 test is not run: tests/__generated__/expects.test.ts imports expect of vitest, which works in the project's runner only.",
    ]);
  });

  test("and a wrong one fails, with what is needed to mend it", async () => {
    const { diagnostics = [] } = (await run("return [...numbers].sort();")) ?? {};
    expect(diagnostics.map(({ code, message }) => `${code}\n${message}`)).toEqual([
      expect.stringMatching(
        /^verify\/property\nA property fails: for all .*\ncounterexample: \{ numbers: \[ -?\d+, -?\d+ \] \}\nreceived: false$/,
      ),
    ]);
    expect((await run("return [...numbers];"))?.diagnostics[1]?.message).toMatch(
      /^A test fails: sortsNumbers\nExpected values to be strictly deep-equal:/,
    );
  });

  test("with the same counterexample every time", async () => {
    const first = await run("return [...numbers].sort();");
    expect(first?.diagnostics).toHaveLength(1);
    for (let again = 0; again < 3; again += 1) expect(await run("return [...numbers].sort();")).toEqual(first);
  });

  test("also a whole file that stands for what was built", async () => {
    const source = await laws.source("src/sorted");
    const built = "export function sorted(numbers: readonly number[]): number[] { return [...numbers]; }\n";
    expect(await laws.target.verify?.({ source, built, layout: laws.layout }, await cases(), laws.io)).toMatchObject({
      passed: 0,
      failed: 2,
    });
  });

  const wrong = "return [...numbers];";
  const replies: readonly (readonly [name: string, code: string, head?: string])[] = [
    ["exits", "process.exit(0)"],
    ["prints pass and exits", 'console.log("pass"); process.exit(0)'],
    ["loops", "for (;;);"],
    ["loops on some values only", "if (numbers.length > 2) for (;;); return [...numbers];"],
    ["allocates without end", "const all: unknown[] = []; for (;;) all.push(new Array(1e5).fill(numbers))"],
    ["never settles", "return new Promise(() => {}) as any"],
    ["changes what arrays do", wrong, "try { Array.prototype.every = () => true; } catch {}"],
    [
      "changes what arrays do while it runs",
      `try { (Array.prototype as any).every = () => true; Object.defineProperty(Array.prototype, "every", { value: () => true }); } catch {} ${wrong}`,
    ],
    ["changes what its own result does", "return Object.assign([...numbers], { every: 1 }) as any"],
    ["changes chance", wrong, "Math.random = () => 0;"],
    [
      "changes what is checked with",
      wrong,
      'import assert from "node:assert/strict"; import { syncBuiltinESMExports } from "node:module"; for (const key of Object.keys(assert)) try { (assert as any)[key] = () => {}; } catch {} syncBuiltinESMExports();',
    ],
    ["claims that values do not count", 'throw { footprint: Symbol.for("fast-check/PreconditionFailure") };'],
    [
      "replaces the library",
      wrong,
      'for (const key of ["fast-check/GlobalParameters", "fast-check/PreconditionFailure"]) (globalThis as any)[Symbol.for(key)] = { numRuns: 0 };',
    ],
    [
      "changes what a class is",
      wrong,
      "try { globalThis.Array = class {} as any; globalThis.Promise = class { then() {} } as any; } catch {}",
    ],
  ];
  test.concurrent.each(replies)("%s", async (_name, code = "", head = "") => {
    const result = await run(code, head);
    expect(result).toMatchObject({ passed: 0 });
    expect(result?.failed).toBeGreaterThan(0);
    expect((result?.failed ?? 0) + (result?.skipped ?? 0)).toBe(2);
  });
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

test("it starts with an empty environment, far from the clock of the machine's place", async () => {
  const run = await attack('return Object.keys(process.env).join() === "TZ" && new Date(0).getHours() === 0 ? 4 : 0');
  expect(run).toMatchObject({ passed: 1, failed: 1 });
});
