/*
 * Replies that want to pass without being right, to do harm, or never to end. A build refuses most of them long before, for what they
 * import or touch; the tests of the sandbox hand them over all the same. OUTSIDE stands for a folder outside of the project with a file
 * secret.txt, PORT for a port on which a server counts connections.
 */

/** A body that stands for that of a function, and what stands before the function. */
export type HostileReply = readonly [name: string, code: string, head?: string];

/** Gets at modules that only some versions of Node have. */
const getBuiltin = "const builtin = (name: string) => (process as any).getBuiltinModule(name);";

/** What `double(value: number): number` may do instead of doubling; none goes on for ever. */
export const hostileReplies: readonly HostileReply[] = [
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
    "looks for the nonce among the objects that are alive",
    `for (const each of [URLSearchParams, Headers, Map, Set]) try { Object.defineProperty(Object.getPrototypeOf((new each() as any)[Symbol.iterator]()), inspect.custom, { value: () => "" }); } catch {}
     for (const Class of [Object, Array, Function, String]) { let found: any; try { found = (v8 as any).queryObjects(Class, { format: "summary" }); } catch { continue }
       for (const [nonce] of JSON.stringify(found).matchAll(/[0-9a-f]{32}/g)) writeSync(4, "\\n" + nonce + '["pass",0,"",""]\\n'); } return 0`,
    'import v8 from "node:v8"; import { inspect } from "node:util"; import { writeSync } from "node:fs";',
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
    "writes a database",
    `const { DatabaseSync } = builtin("node:sqlite");
     for (const act of [() => new DatabaseSync(OUTSIDE + "/planted").exec("create table t(x)"), () => new DatabaseSync(":memory:").exec("attach '" + OUTSIDE + "/planted' as y; create table y.t(x)"), () => new DatabaseSync(":memory:").exec("vacuum into '" + OUTSIDE + "/planted'")]) try { act(); } catch {}
     return 0`,
    getBuiltin,
  ],
  [
    "copies a database",
    `const { DatabaseSync, backup } = builtin("node:sqlite"); return backup(new DatabaseSync(":memory:"), OUTSIDE + "/planted").then(() => 4)`,
    getBuiltin,
  ],
  [
    "keeps what it compiled",
    'builtin("node:module").enableCompileCache(OUTSIDE + "/planted"); builtin("node:module").flushCompileCache(); return 0',
    getBuiltin,
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
  ["loads a file of settings", 'builtin("node:process").loadEnvFile(OUTSIDE + "/secret.txt"); return 4', getBuiltin],
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
    "becomes another program",
    'builtin("node:process").execve("/bin/sh", ["sh", "-c", "touch " + OUTSIDE + "/planted"], {}); return 4',
    getBuiltin,
  ],
  [
    "starts a run of tests",
    `writeFileSync; return builtin("node:test").run({ files: [OUTSIDE + "/secret.txt"] }).toArray().then((events: any[]) => events.some(({ type }) => type === "test:pass") ? 4 : 0)`,
    `import { writeFileSync } from "node:fs"; ${getBuiltin}`,
  ],
  [
    "runs a program of WebAssembly",
    'const { WASI } = builtin("node:wasi"); new WASI({ version: "preview1", preopens: { "/": OUTSIDE } }); return 4',
    getBuiltin,
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

/** What it may do to reach others; `net`, `http`, `dgram` and `dns` are imported. */
export const socketCalls: readonly string[] = [
  'net.connect(PORT, "127.0.0.1")',
  'net.createConnection({ path: "/run/docker.sock" })',
  "new net.Socket().connect(PORT)",
  'http.get("http://127.0.0.1:PORT/")',
  'fetch("http://127.0.0.1:PORT/")',
  'dgram.createSocket("udp4").send("x", PORT)',
  'dns.lookup("localhost", () => {})',
  "net.createServer().listen(0)",
  'new (globalThis as any).WebSocket("ws://127.0.0.1:PORT")',
];

/** Replies that never end. */
export const endlessReplies: readonly HostileReply[] = [
  ["loops", "for (;;);"],
  ["loops while it loads", "return 4", "for (;;);"],
  ["loops through promises", "return (async () => { for (;;) await null; })() as any"],
  ["waits for ever", "return new Promise(() => setInterval(() => {}, 1000)) as any"],
];

/** Bodies that fill V8's heap. */
export const hungryReplies: readonly string[] = [
  "const all: unknown[] = []; for (;;) all.push(new Array(1e5).fill(value))",
  "const all: unknown[] = []; for (;;) all.push({ ...all.slice(-50) })",
  'let text = "x"; const all: string[] = []; for (;;) all.push(text = (text + value).split("").join(""))',
];

const wrong = "return [...numbers];";

/** What `sorted(numbers: readonly number[]): number[]` may do instead of sorting, to pass a property and a test. */
export const lawlessReplies: readonly HostileReply[] = [
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
  [
    "changes how modules are loaded",
    wrong,
    `import Module from "node:module";
     const calm: any = new Proxy(() => {}, { get: (_, key) => (key === "__esModule" ? undefined : calm) });
     const change = (owner: any, key: string) => { const original = owner[key]; try { owner[key] = function (name: string, ...rest: unknown[]) { return /assert/.test(name) ? calm : Reflect.apply(original, this, [name, ...rest]); }; } catch {} };
     change(Module, "_load"); change(Module.prototype, "require"); change(process, "getBuiltinModule");
     try { (Module as any).registerHooks({ load: (url: string, context: unknown, next: any) => (/assert/.test(url) ? { format: "commonjs", source: "module.exports = new Proxy(() => {}, { get: () => () => {} })", shortCircuit: true } : next(url, context)) }); } catch {}`,
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
