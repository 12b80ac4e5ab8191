import { assert, property, string } from "fast-check";
import { expect, test } from "vitest";
import { BackendError } from "../ports/backend.ts";
import { formatRecording, parseRecording, recordingPath, type Recording } from "./index.ts";

const reply: Recording = {
  type: "reply",
  text: "Here you are.\n\n```ts\nexport const one = 1;\n```\n",
  channel: "text",
  finish: "stop",
  model: "some-model",
  usage: { input: 812, cacheRead: 100, cacheWrite: 3, output: 122, reasoning: 7 },
};

test("a recording is one comment line, then the reply verbatim", () => {
  expect(formatRecording(reply)).toBe(
    '<!-- jaunt:recording {"version":1,"model":"some-model","channel":"text","finish":"stop",' +
      '"usage":{"input":812,"cache_read":100,"cache_write":3,"output":122,"reasoning":7}} -->\n' +
      "Here you are.\n\n```ts\nexport const one = 1;\n```\n",
  );
});

test.each<[string, Recording]>([
  ["a reply", reply],
  [
    "an estimate",
    { ...reply, usage: { input: 1, cacheRead: 0, cacheWrite: 0, output: 2, reasoning: 0, estimated: true } },
  ],
  [
    "a refusal",
    { type: "reply", text: "", channel: "text", finish: "refusal", finishDetail: "content_filter", delayMs: 40 },
  ],
  ["bare source", { type: "reply", text: "export {};", channel: "source", finish: "length" }],
  ["a failure", { type: "failure", kind: "rate-limit", message: "Slow down --> please", retryAfterMs: 5, delayMs: 1 }],
  ["a failure without a wait", { type: "failure", kind: "server", message: "" }],
])("%s survives being written and read", (_name, recording) => {
  expect(parseRecording(formatRecording(recording))).toEqual({ ok: true, recording });
});

test("nothing inside the comment can end it early", () => {
  const written = formatRecording({ type: "failure", kind: "server", message: "--> <script>" });

  expect(written.indexOf("-->")).toBe(written.trimEnd().length - 3);
});

test("any reply text and model name survive, byte for byte", () => {
  const text = string({ unit: "binary" });
  assert(
    property(text, text, (body, model) => {
      const recording: Recording = { type: "reply", text: body, channel: "text", finish: "stop", model };
      expect(parseRecording(formatRecording(recording))).toEqual({ ok: true, recording });
    }),
  );
});

test("a hand-written recording needs only a version", () => {
  const expected = { ok: true, recording: { type: "reply", text: "```ts\n```\n", channel: "text", finish: "stop" } };

  expect(parseRecording('<!-- jaunt:recording {"version":1} -->\n```ts\n```\n')).toEqual(expected);
  expect(parseRecording('\uFEFF<!-- jaunt:recording {"version":1} -->\r\n```ts\n```\n')).toEqual(expected);
});

test.each([
  ["", "its first line must be"],
  ["```ts\nexport {};\n```\n", "its first line must be"],
  ['<!-- jaunt:recording {"version":1}\n-->\n', "its first line must be"],
  ["<!-- jaunt:recording {version:1} -->\n", "does not hold a JSON object"],
  ["<!-- jaunt:recording [1] -->\n", "does not hold a JSON object"],
  ["<!-- jaunt:recording {} -->\n", "version undefined"],
  ['<!-- jaunt:recording {"version":2} -->\n', "version 2"],
  ['<!-- jaunt:recording {"version":1,"finnish":"stop"} -->\n', "`finnish` is not a key"],
  ['<!-- jaunt:recording {"version":1,"finish":"done"} -->\n', "`finish` must be"],
  ['<!-- jaunt:recording {"version":1,"channel":"json"} -->\n', "`channel` must be"],
  ['<!-- jaunt:recording {"version":1,"model":7} -->\n', "`model` must be"],
  ['<!-- jaunt:recording {"version":1,"usage":{"input":"many"}} -->\n', "numbers of tokens"],
  ['<!-- jaunt:recording {"version":1,"usage":{"inputs":1}} -->\n', "`usage.inputs` is not a key"],
  ['<!-- jaunt:recording {"version":1,"delay_ms":-1} -->\n', "`delay_ms` must be"],
  ['<!-- jaunt:recording {"version":1,"error":{"kind":"tired"}} -->\n', "`error.kind` must be one of auth, quota"],
  [
    '<!-- jaunt:recording {"version":1,"error":{"kind":"server"},"model":"x"} -->\n',
    "`model` is not a key of a recorded error",
  ],
])("a damaged recording is refused with its reason: %j", (text, reason) => {
  expect(parseRecording(text)).toEqual({ ok: false, reason: expect.stringContaining(reason) });
});

test("a module's recordings lie beside each other, one per attempt", () => {
  expect(recordingPath("src/email", 2)).toBe("src/email.2.md");
  expect(recordingPath("src/routes/[id]", 1)).toBe("src/routes/[id].1.md");
});

test.each([
  "",
  "../email",
  "src/../../email",
  "/etc/passwd",
  "src\\email",
  "src/..",
  "src//email",
  "./email",
  "C:email",
  "a\0b",
  "a\nb",
])("a label that could leave the folder is refused: %j", (label) => {
  expect(() => recordingPath(label, 1)).toThrow(BackendError);
});
