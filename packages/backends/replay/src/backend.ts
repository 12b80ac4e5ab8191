import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import {
  BackendError,
  type Backend,
  type BackendSetup,
  type GenerateOptions,
  type GenerateRequest,
  type GenerateResponse,
  type Usage,
} from "@jaunt/core";
import { parseRecording, recordingPath, type RecordedReply, type Recording } from "@jaunt/core/recording";

/** A replayed answer needs no key. */
export const keyEnvironment: readonly string[] = [];

/** A replayed answer needs no key. */
export function keyRequired(): boolean {
  return false;
}

/** A backend that plays `<setup.recordings>/<label>.<attempt>.md`. The model, the prompt and the network play no part. */
export function createBackend(setup: BackendSetup): Backend {
  return {
    apiVersion: 1,
    name: setup.provider,
    async generate(request, options) {
      throwIfAborted(options.signal);
      const path = join(setup.recordings, recordingPath(request.label, request.attempt));
      return play(await readRecording(path, request), request, options);
    },
    async describe() {
      return { defaultModel: setup.model === "" ? "replay" : setup.model };
    },
  };
}

async function readRecording(path: string, request: GenerateRequest): Promise<Recording> {
  const text = await readText(path, request);
  const parsed = parseRecording(text);
  if (parsed.ok) return parsed.recording;
  throw new BackendError(`The recording ${path} cannot be played: ${parsed.reason}.`, {
    kind: "invalid-response",
    // The file will read the same again.
    retryable: false,
    hint: "Repair its first line, or delete it and record it again with `jaunt build --record DIR`.",
  });
}

async function readText(path: string, { label, attempt }: GenerateRequest): Promise<string> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") {
      throw new BackendError(
        `There is no recording for attempt ${String(attempt)} of ${label}: ${path} does not exist.`,
        {
          kind: "no-recording",
          hint:
            "Record one from another provider with `jaunt build --record DIR`, or write it by hand: " +
            'the line <!-- jaunt:recording {"version":1} -->, then the reply.',
          cause: error,
        },
      );
    }
    throw new BackendError(`The recording ${path} cannot be read: ${(error as Error).message}.`, {
      kind: "invalid-response",
      retryable: false,
      hint: "Check that it is a file and that you may read it.",
      cause: error,
    });
  }
}

async function play(
  recording: Recording,
  request: GenerateRequest,
  options: GenerateOptions,
): Promise<GenerateResponse> {
  if (recording.type === "failure") {
    await pause(recording.delayMs, options.signal);
    const { kind, message, retryAfterMs } = recording;
    throw new BackendError(message, { kind, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) });
  }
  await stream(recording, options);
  return {
    text: recording.text,
    channel: recording.channel,
    finish: recording.finish,
    ...(recording.finishDetail === undefined ? {} : { finishDetail: recording.finishDetail }),
    usage: recording.usage ?? estimateUsage(request, recording.text),
    model: recording.model ?? "replay",
  };
}

/** Lets the text arrive in quarters over the recorded delay, or at once when there is none. */
async function stream({ text, delayMs = 0 }: RecordedReply, { signal, onProgress }: GenerateOptions): Promise<void> {
  const steps = delayMs === 0 ? 1 : 4;
  for (let step = 1; step <= steps; step += 1) {
    await pause(delayMs / steps, signal);
    onProgress?.({ outputCharacters: Math.floor((text.length * step) / steps) });
  }
}

async function pause(milliseconds: number | undefined, signal: AbortSignal): Promise<void> {
  if (milliseconds === undefined || milliseconds === 0) return;
  try {
    await sleep(milliseconds, undefined, { signal });
  } catch {
    throwIfAborted(signal);
  }
}

function throwIfAborted(signal: AbortSignal): void {
  if (signal.aborted) throw new BackendError("The replay was aborted.", { kind: "aborted" });
}

/** Four characters to a token, for recordings that name no usage. */
function estimateUsage({ prompt }: GenerateRequest, text: string): Usage {
  const characters = prompt.reduce((total, part) => total + part.text.length, 0);
  return {
    input: Math.ceil(characters / 4),
    cacheRead: 0,
    cacheWrite: 0,
    output: Math.ceil(text.length / 4),
    reasoning: 0,
    estimated: true,
  };
}
