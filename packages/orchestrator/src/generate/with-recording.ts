import { join } from "node:path";
import type { Backend } from "@jaunt/core";
import { formatRecording, recordingPath } from "@jaunt/core/recording";
import { atomicWrite } from "../write/atomic-write.ts";

/** A backend that also writes every reply to `folder` (absolute), keyed by label and attempt, for the replay backend. */
export function withRecording(backend: Backend, folder: string): Backend {
  return {
    ...backend,
    async generate(request, options) {
      const response = await backend.generate(request, options);
      const { text, channel, finish, finishDetail, usage, model } = response;
      const recording = { text, channel, finish, usage, model, ...(finishDetail === undefined ? {} : { finishDetail }) };
      atomicWrite(join(folder), recordingPath(request.label, request.attempt), formatRecording(recording));
      return response;
    },
  };
}
