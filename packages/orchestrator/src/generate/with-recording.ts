import type { Backend } from "@jaunt/core";
import { formatRecording, recordingPath } from "@jaunt/core/recording";
import { atomicWrite } from "../write/atomic-write.ts";

/** A backend that also writes every reply to `folder` (absolute), keyed by label and attempt, for the replay backend. */
export function withRecording(backend: Backend, folder: string): Backend {
  return {
    ...backend,
    async generate(request, options) {
      const response = await backend.generate(request, options);
      atomicWrite(
        folder,
        recordingPath(request.label, request.attempt),
        formatRecording({ type: "reply", ...response }),
      );
      return response;
    },
  };
}
