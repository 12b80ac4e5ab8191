import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { Backend, BackendSetup, GenerateRequest } from "@jaunt/core";
import { formatRecording, type Recording } from "@jaunt/core/recording";
import { backendConformance, conformanceLabel } from "@jaunt/testkit/conformance";
import { expect, onTestFinished, test } from "vitest";
import { createBackend, keyEnvironment, keyRequired } from "./index.ts";

const hint = expect.stringContaining("jaunt build --record DIR");

backendConformance("replay", async ({ text, finish, usage, failure, stalls }) => {
  const recording: Recording =
    failure === undefined
      ? {
          type: "reply",
          text,
          channel: "text",
          finish,
          model: "recorded-model",
          ...(usage === undefined ? {} : { usage: { ...usage, cacheWrite: 0 } }),
          ...(stalls ? { delayMs: 60_000 } : {}),
        }
      : { type: "failure", kind: failure, message: `recorded ${failure}`, retryAfterMs: 7_000 };
  const folder = await recordings({ [`${conformanceLabel}.1.md`]: formatRecording(recording) });
  return { backend: play(folder), close: () => Promise.resolve() };
});

test("each attempt of a module plays its own recording", async () => {
  const backend = play(
    await recordings({
      "src/email.1.md": '<!-- jaunt:recording {"version":1} -->\nfirst',
      "src/email.2.md": '<!-- jaunt:recording {"version":1,"model":"other","channel":"source"} -->\nsecond',
    }),
  );

  expect(await generate(backend, { attempt: 1 })).toMatchObject({ text: "first", channel: "text", model: "replay" });
  expect(await generate(backend, { attempt: 2 })).toMatchObject({ text: "second", channel: "source", model: "other" });
});

test("a missing recording names the file it looked for and both ways to get one", async () => {
  const folder = await recordings({ "src/email.1.md": '<!-- jaunt:recording {"version":1} -->\n' });

  await expect(generate(play(folder), { attempt: 2 })).rejects.toMatchObject({
    kind: "no-recording",
    retryable: false,
    message: `There is no recording for attempt 2 of src/email: ${join(folder, "src/email.2.md")} does not exist.`,
    hint,
  });
});

test("a damaged recording names the file and what is wrong with it, and is not asked for again", async () => {
  const folder = await recordings({ "src/email.1.md": "export const half = 1;\n" });

  await expect(generate(play(folder))).rejects.toMatchObject({
    kind: "invalid-response",
    retryable: false,
    message: expect.stringContaining(`${join(folder, "src/email.1.md")} cannot be played: its first line must be`),
    hint,
  });
});

test("a recording that is a folder is refused as unreadable", async () => {
  const folder = await recordings({ "src/email.1.md/inner.md": "" });

  await expect(generate(play(folder))).rejects.toMatchObject({ kind: "invalid-response", retryable: false });
});

test("no label reads outside the folder of recordings", async () => {
  const folder = await recordings({
    "inside/x.1.md": "",
    "secret.1.md": '<!-- jaunt:recording {"version":1} -->\nsecret',
  });
  const backend = play(join(folder, "inside"));

  for (const label of ["../secret", join(folder, "secret"), "..\\secret", "x\0/../../secret", ""]) {
    await expect(generate(backend, { label })).rejects.toMatchObject({ kind: "bad-request", retryable: false });
  }
});

test("a delay lets the answer arrive in steps", async () => {
  const folder = await recordings({
    "src/email.1.md": '<!-- jaunt:recording {"version":1,"delay_ms":40} -->\n12345678',
  });
  const seen: number[] = [];
  const started = performance.now();
  await play(folder).generate(request(), {
    signal: new AbortController().signal,
    onProgress: ({ outputCharacters }) => seen.push(outputCharacters),
  });

  expect(seen).toEqual([2, 4, 6, 8]);
  expect(performance.now() - started).toBeGreaterThan(35);
});

test("it needs no key", async () => {
  expect(keyEnvironment).toEqual([]);
  expect(keyRequired()).toBe(false);
  expect(await play("/nowhere").describe?.()).toEqual({ defaultModel: "replay" });
});

async function recordings(files: Readonly<Record<string, string>>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "jaunt-recordings-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
  return folder;
}

function play(folder: string): Backend {
  const setup: BackendSetup = {
    provider: "replay",
    model: "",
    apiKey: undefined,
    baseUrl: "",
    output: "auto",
    timeoutMs: 1_000,
    recordings: folder,
  };
  return createBackend(setup);
}

function request(overrides: Partial<GenerateRequest> = {}): GenerateRequest {
  return { label: "src/email", attempt: 1, prompt: [], model: "", maxOutputTokens: 1_000, ...overrides };
}

function generate(backend: Backend, overrides: Partial<GenerateRequest> = {}): ReturnType<Backend["generate"]> {
  return backend.generate(request(overrides), { signal: new AbortController().signal });
}
