import type { Attributes, Histogram, Meter, Span, Tracer } from "@opentelemetry/api";
import { BackendError, type GenerateRequest, type GenerateResponse } from "@jaunt/core";

/**
 * Spans and metrics of what Jaunt does, for whoever runs it under an OpenTelemetry SDK; without one, nothing happens. Names follow the
 * semantic conventions for generative AI (opentelemetry.io/docs/specs/semconv/gen-ai). Prompts, replies and keys are never recorded.
 */
export interface Telemetry {
  /** Runs `work` in a span; spans begun inside become its children. */
  span<Result>(name: string, attributes: Attributes, work: () => Promise<Result>): Promise<Result>;
  /** Runs one model call in a client span, and counts its time and tokens. */
  call(provider: string, request: GenerateRequest, work: () => Promise<GenerateResponse>): Promise<GenerateResponse>;
}

const scope = "@jaunt/orchestrator";

/** Loads the API, which finds the SDK that the process registered. `version` is Jaunt's. */
export async function loadTelemetry(version: string): Promise<Telemetry> {
  const api = await import("@opentelemetry/api");
  const tracer = api.trace.getTracer(scope, version);
  const instruments = createInstruments(api.metrics.getMeter(scope, version));
  const isError = { code: api.SpanStatusCode.ERROR };
  return {
    span: (name, attributes, work) => inSpan(tracer, name, { attributes }, isError, work),
    call(provider, request, work) {
      const attributes = requestAttributes(provider, request);
      const name = request.model === "" ? "chat" : `chat ${request.model}`;
      return inSpan(tracer, name, { attributes, kind: api.SpanKind.CLIENT }, isError, (span) =>
        measure(instruments, span, attributes, work),
      );
    },
  };
}

interface Instruments {
  readonly duration: Histogram;
  readonly tokens: Histogram;
}

function createInstruments(meter: Meter): Instruments {
  return {
    duration: meter.createHistogram("gen_ai.client.operation.duration", {
      unit: "s",
      description: "Time of a model call",
      advice: {
        explicitBucketBoundaries: [
          0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92,
        ],
      },
    }),
    tokens: meter.createHistogram("gen_ai.client.token.usage", {
      unit: "{token}",
      description: "Tokens of a model call",
      advice: {
        explicitBucketBoundaries: Array.from({ length: 14 }, (_, power) => 4 ** power),
      },
    }),
  };
}

async function inSpan<Result>(
  tracer: Tracer,
  name: string,
  options: Parameters<Tracer["startActiveSpan"]>[1],
  isError: Parameters<Span["setStatus"]>[0],
  work: (span: Span) => Promise<Result>,
): Promise<Result> {
  return tracer.startActiveSpan(name, options, async (span) => {
    try {
      return await work(span);
    } catch (error) {
      span.setAttribute("error.type", errorType(error));
      span.setStatus(isError);
      throw error;
    } finally {
      span.end();
    }
  });
}

async function measure(
  { duration, tokens }: Instruments,
  span: Span,
  attributes: Attributes,
  work: () => Promise<GenerateResponse>,
): Promise<GenerateResponse> {
  const start = performance.now();
  const seconds = (): number => (performance.now() - start) / 1000;
  try {
    const response = await work();
    const { usage, model, finish } = response;
    // The conventions count cached tokens as input.
    const input = usage.input + usage.cacheRead + usage.cacheWrite;
    span.setAttributes({
      "gen_ai.response.model": model,
      "gen_ai.response.finish_reasons": [finish],
      "gen_ai.usage.input_tokens": input,
      "gen_ai.usage.output_tokens": usage.output,
      "gen_ai.usage.cache_read.input_tokens": usage.cacheRead,
      "gen_ai.usage.cache_creation.input_tokens": usage.cacheWrite,
    });
    const measured = { ...attributes, "gen_ai.response.model": model };
    duration.record(seconds(), measured);
    tokens.record(input, { ...measured, "gen_ai.token.type": "input" });
    tokens.record(usage.output, { ...measured, "gen_ai.token.type": "output" });
    return response;
  } catch (error) {
    duration.record(seconds(), { ...attributes, "error.type": errorType(error) });
    throw error;
  }
}

function requestAttributes(provider: string, { model, maxOutputTokens }: GenerateRequest): Attributes {
  return {
    "gen_ai.operation.name": "chat",
    "gen_ai.provider.name": provider,
    ...(model === "" ? {} : { "gen_ai.request.model": model }),
    "gen_ai.request.max_tokens": maxOutputTokens,
  };
}

/** What kind of failure, never its words: these may hold what a server sent. */
function errorType(error: unknown): string {
  if (error instanceof BackendError) return error.kind;
  return error instanceof Error ? error.name : "_OTHER";
}
