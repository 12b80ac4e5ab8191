import { BackendError, type BackendErrorKind, type GenerateResponse, type Usage } from "../ports/backend.ts";

/** A model's answer as a recording holds it. What a hand-written recording leaves out is `undefined`. */
export interface RecordedReply extends Pick<GenerateResponse, "text" | "channel" | "finish"> {
  readonly type: "reply";
  readonly finishDetail?: string;
  readonly model?: string;
  readonly usage?: Usage;
  /** Pause before the answer, in milliseconds. */
  readonly delayMs?: number;
}

/** A scripted failure of a model call. */
export interface RecordedFailure {
  readonly type: "failure";
  readonly kind: BackendErrorKind;
  readonly message: string;
  readonly retryAfterMs?: number;
  /** Pause before the failure, in milliseconds. */
  readonly delayMs?: number;
}

/** What one recording file plays. */
export type Recording = RecordedReply | RecordedFailure;

/** A recording, or why the text is not one. */
export type ParsedRecording =
  | { readonly ok: true; readonly recording: Recording }
  | { readonly ok: false; readonly reason: string };

const opening = "<!-- jaunt:recording ";
const closing = " -->";

const replyKeys: ReadonlySet<string> = new Set([
  "version",
  "model",
  "channel",
  "finish",
  "finish_detail",
  "usage",
  "delay_ms",
]);
const failureKeys: ReadonlySet<string> = new Set(["version", "error", "delay_ms"]);
const errorKeys: ReadonlySet<string> = new Set(["kind", "message", "retry_after_ms"]);
const usageKeys: ReadonlySet<string> = new Set([
  "input",
  "cache_read",
  "cache_write",
  "output",
  "reasoning",
  "estimated",
]);

/** Every `BackendErrorKind`, as a table so that a new kind does not compile until it is listed. */
const errorKinds: Readonly<Record<BackendErrorKind, true>> = {
  auth: true,
  quota: true,
  "rate-limit": true,
  overloaded: true,
  server: true,
  connection: true,
  timeout: true,
  "bad-request": true,
  "context-overflow": true,
  "invalid-response": true,
  "no-recording": true,
  budget: true,
  aborted: true,
};

/** The text of a recording file: one comment line of JSON, then the reply verbatim. */
export function formatRecording(recording: Recording): string {
  // A `>` could end the comment early, so it travels escaped.
  const json = JSON.stringify(head(recording)).replaceAll(">", "\\u003e");
  return `${opening}${json}${closing}\n${recording.type === "reply" ? recording.text : ""}`;
}

function head(recording: Recording): object {
  if (recording.type === "failure") {
    const { kind, message, retryAfterMs } = recording;
    return { version: 1, error: { kind, message, retry_after_ms: retryAfterMs }, delay_ms: recording.delayMs };
  }
  const { model, channel, finish, finishDetail, usage, delayMs } = recording;
  return {
    version: 1,
    model,
    channel,
    finish,
    finish_detail: finishDetail,
    usage: usage && usageHead(usage),
    delay_ms: delayMs,
  };
}

function usageHead(usage: Usage): object {
  const { input, cacheRead, cacheWrite, output, reasoning, estimated } = usage;
  return { input, cache_read: cacheRead, cache_write: cacheWrite, output, reasoning, estimated };
}

/** Reads a recording file. Only `version` is required of its first line; unknown keys are a problem, so that a typo is seen. */
export function parseRecording(text: string): ParsedRecording {
  const content = text.startsWith("\uFEFF") ? text.slice(1) : text;
  const newline = content.indexOf("\n");
  const firstLine = (newline === -1 ? content : content.slice(0, newline)).trimEnd();
  if (!firstLine.startsWith(opening) || !firstLine.endsWith(closing)) {
    return problem(`its first line must be ${opening}{"version":1}${closing}`);
  }
  const values = parseObject(firstLine.slice(opening.length, -closing.length));
  if (values === undefined) return problem("its first line does not hold a JSON object");
  if (values["version"] !== 1)
    return problem(`it has version ${JSON.stringify(values["version"])}, and only version 1 is known`);
  const delay = values["delay_ms"];
  if (delay !== undefined && !isCount(delay)) return problem("`delay_ms` must be a number of milliseconds");
  const read =
    values["error"] === undefined
      ? readReply(values, newline === -1 ? "" : content.slice(newline + 1))
      : readFailure(values);
  if (typeof read === "string") return problem(read);
  return { ok: true, recording: delay === undefined ? read : { ...read, delayMs: delay } };
}

function readReply(values: Readonly<Record<string, unknown>>, text: string): RecordedReply | string {
  const unknown = unknownKey(values, replyKeys);
  if (unknown !== undefined) return `\`${unknown}\` is not a key of a recording`;
  const { model, channel = "text", finish = "stop", finish_detail: finishDetail, usage: usageValues } = values;
  if (channel !== "text" && channel !== "source") return "`channel` must be `text` or `source`";
  if (finish !== "stop" && finish !== "length" && finish !== "refusal")
    return "`finish` must be `stop`, `length` or `refusal`";
  if (model !== undefined && typeof model !== "string") return "`model` must be a string";
  if (finishDetail !== undefined && typeof finishDetail !== "string") return "`finish_detail` must be a string";
  const usage = usageValues === undefined ? undefined : readUsage(usageValues);
  if (typeof usage === "string") return usage;
  return {
    type: "reply",
    text,
    channel,
    finish,
    ...(finishDetail === undefined ? {} : { finishDetail }),
    ...(model === undefined ? {} : { model }),
    ...(usage === undefined ? {} : { usage }),
  };
}

function readUsage(value: unknown): Usage | string {
  if (!isObject(value)) return "`usage` must be an object";
  const unknown = unknownKey(value, usageKeys);
  if (unknown !== undefined) return `\`usage.${unknown}\` is not a key of a recording`;
  const {
    input = 0,
    cache_read: cacheRead = 0,
    cache_write: cacheWrite = 0,
    output = 0,
    reasoning = 0,
    estimated = false,
  } = value;
  if (!isCount(input) || !isCount(cacheRead) || !isCount(cacheWrite) || !isCount(output) || !isCount(reasoning)) {
    return "`usage` must hold numbers of tokens";
  }
  return { input, cacheRead, cacheWrite, output, reasoning, ...(estimated === true ? { estimated } : {}) };
}

function readFailure(values: Readonly<Record<string, unknown>>): RecordedFailure | string {
  const error = values["error"];
  if (!isObject(error)) return "`error` must be an object";
  const unknown = unknownKey(values, failureKeys) ?? unknownKey(error, errorKeys);
  if (unknown !== undefined) return `\`${unknown}\` is not a key of a recorded error`;
  const { kind, message = "recorded failure", retry_after_ms: retryAfterMs } = error;
  if (!isErrorKind(kind)) return `\`error.kind\` must be one of ${Object.keys(errorKinds).join(", ")}`;
  if (typeof message !== "string") return "`error.message` must be a string";
  if (retryAfterMs !== undefined && !isCount(retryAfterMs))
    return "`error.retry_after_ms` must be a number of milliseconds";
  return { type: "failure", kind, message, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) };
}

/**
 * Where a recording lies in its folder: `src/email` and attempt 2 give `src/email.2.md`.
 * @throws {BackendError} when the label is no plain relative posix path and could leave the folder
 */
export function recordingPath(label: string, attempt: number): string {
  const leaves = label.split("/").some((segment) => segment === "" || segment === "." || segment === "..");
  // oxlint-disable-next-line no-control-regex -- control characters are what must not pass
  if (leaves || /[\\\u0000-\u001f]|^[A-Za-z]:/.test(label)) {
    throw new BackendError(`${JSON.stringify(label)} cannot name a recording: it is not a plain relative path.`, {
      kind: "bad-request",
      hint: "Labels are module ids such as src/email: forward slashes, no `..`, not absolute.",
    });
  }
  return `${label}.${String(attempt)}.md`;
}

function problem(reason: string): ParsedRecording {
  return { ok: false, reason };
}

function parseObject(json: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(json);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function unknownKey(value: Readonly<Record<string, unknown>>, known: ReadonlySet<string>): string | undefined {
  return Object.keys(value).find((key) => !known.has(key));
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isCount(value: unknown): value is number {
  return typeof value === "number" && Number.isFinite(value) && value >= 0;
}

function isErrorKind(value: unknown): value is BackendErrorKind {
  return typeof value === "string" && Object.hasOwn(errorKinds, value);
}
