import type { Backend } from "@jaunt/core";
import type { Telemetry } from "../telemetry/telemetry.ts";

/** A backend whose calls are seen by an OpenTelemetry SDK, where there is one. */
export function withTelemetry(backend: Backend, telemetry: Telemetry): Backend {
  return {
    ...backend,
    generate: (request, options) => telemetry.call(backend.name, request, () => backend.generate(request, options)),
  };
}
