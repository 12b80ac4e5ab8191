import { mkdirSync, mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { cleanEnvironment } from "./clean-environment.ts";
import { execute } from "./execute.ts";
import { isAlive } from "./is-alive.ts";

let root: string;
beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), "jaunt-exec-")));
});
afterEach(() => rmSync(root, { recursive: true }));

const never = new AbortController().signal;
const run = (script: string, options = {}, signal = never, environment = {}) =>
  execute([process.execPath, "-e", script], options, { root, signal, environment });

test("a program runs in the project, with its input, and its failure is a result", async () => {
  mkdirSync(join(root, "sub"));
  expect(
    await run("process.stdin.on('data', (d) => process.stdout.write(process.cwd() + d)); process.exitCode = 3", {
      cwd: "sub",
      input: "!",
    }),
  ).toEqual({
    exitCode: 3,
    stdout: `${join(root, "sub")}!`,
    stderr: "",
    timedOut: false,
  });
});

test("no shell looks at the arguments", async () => {
  const { stdout } = await execute(
    [process.execPath, "-e", "console.log(process.argv[1])", "$(id) && `id`; *"],
    {},
    { root, signal: never, environment: {} },
  );
  expect(stdout).toBe("$(id) && `id`; *\n");
});

test("secrets stay out of its environment", async () => {
  const environment = {
    PATH: "/bin",
    OPENAI_API_KEY: "k",
    LITELLM_API_KEY: "k",
    GITHUB_TOKEN: "k",
    NPM_TOKEN_X: "k",
    CLIENT_SECRET: "k",
    DB_PASSWORD: "k",
    KEYBOARD: "us",
    TOKENIZER: "fast",
    EMPTY: undefined,
  };
  expect(cleanEnvironment(environment)).toEqual({ PATH: "/bin", KEYBOARD: "us", TOKENIZER: "fast" });
  expect((await run("console.log(process.env.OPENAI_API_KEY, process.env.PATH)", {}, never, environment)).stdout).toBe(
    "undefined /bin\n",
  );
});

test("a program may be given no environment at all, and still be found", async () => {
  const { stdout } = await execute(
    ["node", "-e", "console.log(Object.keys(process.env).filter((name) => !/^(?:PWD|SHLVL|OLDPWD|_)$/.test(name)))"],
    { environment: "none" },
    { root, signal: never, environment: { PATH: dirname(process.execPath), HOME: "/home" } },
  );
  expect(stdout).toBe("[]\n");
});

test("a program may answer on a channel of its own, apart from what it prints", async () => {
  const result = await run("console.log('printed'); require('fs').writeSync(4, 'answered')", { channel: true });
  expect(result).toMatchObject({ exitCode: 0, stdout: "printed\n", channel: "answered" });
});

test("a program that writes too much is killed", async () => {
  const result = await run("for (;;) require('fs').writeSync(4, 'x'.repeat(1000))", { channel: true, maxOutput: 5000 });
  expect(result).toMatchObject({ exitCode: null, exceeded: "output", timedOut: false });
});

test.runIf(process.platform === "linux")("a program that fills the memory is killed, be it with buffers", async () => {
  const script = "const all = []; for (;;) all.push(Buffer.alloc(1e6, 1))";
  const result = await run(script, { maxResidentBytes: 200e6, timeoutMs: 20_000 });
  expect(result).toMatchObject({ exitCode: null, exceeded: "memory", timedOut: false });
});

/** Prints the id of a grandchild that would run for a minute, and waits. */
const family =
  "const c = require('child_process').spawn(process.execPath, ['-e', 'setTimeout(() => {}, 60000)'], { stdio: 'ignore' }); console.log(c.pid); setTimeout(() => {}, 60000)";

async function isGone(pid: number): Promise<boolean> {
  for (let round = 0; round < 100 && isAlive(pid); round += 1) await new Promise((resolve) => setTimeout(resolve, 10));
  return !isAlive(pid);
}

test("a timeout ends the program and its children", async () => {
  const result = await run(family, { timeoutMs: 500 });
  expect(result).toMatchObject({ timedOut: true, exitCode: null });
  expect(Number(result.stdout)).toBeGreaterThan(0);
  expect(await isGone(Number(result.stdout))).toBe(true);
});

test("an abort ends the program and its children, and one that came before starts nothing", async () => {
  const controller = new AbortController();
  setTimeout(() => controller.abort(), 500);
  const result = await run(family, {}, controller.signal);
  expect(await isGone(Number(result.stdout))).toBe(true);
  expect(await run("console.log(1)", {}, controller.signal)).toMatchObject({ exitCode: null, stdout: "" });
});

test("a program that is not there is an error with a hint", async () => {
  await expect(execute(["no-such-program-here"], {}, { root, signal: never, environment: {} })).rejects.toMatchObject({
    code: "exec-failed",
    hint: expect.stringContaining("PATH") as string,
  });
});
