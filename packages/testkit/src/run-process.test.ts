import { tmpdir } from "node:os";
import { expect, test, vi } from "vitest";
import { runProcess, startProcess, waitFor, type ProcessOptions, type ProcessResult } from "./index.ts";

test("output, exit code and input pass through", async () => {
  const script =
    "process.stdin.on('data', (text) => { console.log(`${text}!`); console.error('noise'); process.exitCode = 3; })";
  const result = await node(script, { input: "hello" });

  expect(result).toMatchObject({ exitCode: 3, signal: null, stdout: "hello!\n", stderr: "noise\n" });
});

test("the environment is clean but for what is given", async () => {
  vi.stubEnv("OPENAI_API_KEY", "planted");
  vi.stubEnv("NODE_OPTIONS", "--no-warnings");
  const result = await node("console.log(JSON.stringify(process.env))", { env: { LITELLM_API_KEY: "given" } });
  vi.unstubAllEnvs();

  expect(result.json()).toMatchObject({ LITELLM_API_KEY: "given", PATH: process.env["PATH"] });
  expect(result.json()).not.toHaveProperty("OPENAI_API_KEY");
  expect(result.json()).not.toHaveProperty("NODE_OPTIONS");
});

test("json() refuses anything but one document and shows what there was", async () => {
  const result = await node("console.log('{}'); console.log('{}'); console.error('why')");

  expect(() => result.json()).toThrow(/not one JSON document:\n{}\n{}\n[^]*why/);
});

test("a process that takes too long is killed and its output shown", async () => {
  await expect(node("console.log('so far'); setInterval(() => {}, 1000)", { timeoutMs: 500 })).rejects.toThrow(
    /took over 500 ms.\nso far/,
  );
});

test("a running process can be watched and interrupted", async () => {
  const script = "process.on('SIGINT', () => process.exit(130)); console.log('ready'); setInterval(() => {}, 1000)";
  const running = startProcess(process.execPath, ["-e", script], { cwd: tmpdir() });
  await waitFor(() => running.output().stdout.includes("ready"), { what: "the process to be ready" });
  running.kill("SIGINT");

  expect((await running.finished).exitCode).toBe(130);
});

test("a program that does not exist rejects", async () => {
  await expect(runProcess("/no/such/program", [], { cwd: tmpdir() })).rejects.toThrow("ENOENT");
});

function node(script: string, options: Partial<ProcessOptions> = {}): Promise<ProcessResult> {
  return runProcess(process.execPath, ["-e", script], { cwd: tmpdir(), ...options });
}
