import { context, metrics, trace } from "@opentelemetry/api";
import { AsyncLocalStorageContextManager } from "@opentelemetry/context-async-hooks";
import {
  AggregationTemporality,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from "@opentelemetry/sdk-metrics";
import { BasicTracerProvider, InMemorySpanExporter, SimpleSpanProcessor } from "@opentelemetry/sdk-trace-base";
import { BackendError, type GenerateRequest, type GenerateResponse } from "@jaunt/core";
import { afterEach, describe, expect, test } from "vitest";
import { loadTelemetry } from "./telemetry.ts";

const request: GenerateRequest = {
  label: "src/a",
  attempt: 1,
  prompt: [{ name: "rules", role: "system", stability: "project", text: "a secret prompt" }],
  model: "opus",
  maxOutputTokens: 100,
};
const response: GenerateResponse = {
  text: "a secret reply",
  channel: "text",
  finish: "stop",
  usage: { input: 10, cacheRead: 5, cacheWrite: 1, output: 7, reasoning: 0 },
  model: "opus-5",
};

afterEach(() => {
  trace.disable();
  metrics.disable();
  context.disable();
});

test("without an SDK everything runs as if nothing watched", async () => {
  const telemetry = await loadTelemetry("1");
  expect(await telemetry.call("anthropic", request, async () => response)).toBe(response);
  await expect(telemetry.span("jaunt.build", {}, async () => Promise.reject(new Error("no")))).rejects.toThrow("no");
});

describe("under an SDK", () => {
  test("a call is a client span of its module's, with names from the conventions", async () => {
    const { spans } = watch();
    const telemetry = await loadTelemetry("1");
    await telemetry.span("jaunt.module src/a", { "jaunt.module": "src/a" }, () =>
      telemetry.call("anthropic", request, async () => response),
    );
    const [call, module] = spans();
    expect(call?.name).toBe("chat opus");
    expect(call?.parentSpanContext?.spanId).toBe(module?.spanContext().spanId);
    expect(call?.attributes).toEqual({
      "gen_ai.operation.name": "chat",
      "gen_ai.provider.name": "anthropic",
      "gen_ai.request.model": "opus",
      "gen_ai.request.max_tokens": 100,
      "gen_ai.response.model": "opus-5",
      "gen_ai.response.finish_reasons": ["stop"],
      "gen_ai.usage.input_tokens": 16,
      "gen_ai.usage.output_tokens": 7,
      "gen_ai.usage.cache_read.input_tokens": 5,
      "gen_ai.usage.cache_creation.input_tokens": 1,
    });
    expect(JSON.stringify(spans().map(({ attributes, events, status }) => [attributes, events, status]))).not.toContain(
      "secret",
    );
  });

  test("a failure is told by its kind alone", async () => {
    const { spans } = watch();
    const telemetry = await loadTelemetry("1");
    const fail = () => Promise.reject(new BackendError("the key sk-secret is wrong", { kind: "auth" }));
    await expect(telemetry.call("openai", request, fail)).rejects.toThrow("sk-secret");
    expect(spans()[0]?.attributes["error.type"]).toBe("auth");
    expect(JSON.stringify(spans().map(({ attributes, events, status }) => [attributes, events, status]))).not.toContain(
      "secret",
    );
  });

  test("time and tokens are counted", async () => {
    const { points } = watch();
    const telemetry = await loadTelemetry("1");
    await telemetry.call("anthropic", request, async () => response);
    await telemetry.call("anthropic", request, async () => response);
    const found = await points();
    expect(found["gen_ai.client.token.usage"]).toEqual([
      ["input", 32],
      ["output", 14],
    ]);
    expect(found["gen_ai.client.operation.duration"]).toHaveLength(1);
  });
});

/** An SDK in this process that keeps what it sees. */
function watch() {
  const exporter = new InMemorySpanExporter();
  trace.setGlobalTracerProvider(new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] }));
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  const metricExporter = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE);
  const reader = new PeriodicExportingMetricReader({ exporter: metricExporter, exportIntervalMillis: 3_600_000 });
  const provider = new MeterProvider({ readers: [reader] });
  metrics.setGlobalMeterProvider(provider);
  return {
    spans: () => exporter.getFinishedSpans(),
    async points(): Promise<Readonly<Record<string, readonly unknown[]>>> {
      await provider.forceFlush();
      const all = metricExporter
        .getMetrics()
        .flatMap(({ scopeMetrics }) => scopeMetrics.flatMap((scope) => scope.metrics));
      await provider.shutdown();
      return Object.fromEntries(
        all.map(({ descriptor, dataPoints }) => [
          descriptor.name,
          dataPoints.map(({ attributes, value }) => [
            attributes["gen_ai.token.type"],
            (value as { readonly sum?: number }).sum,
          ]),
        ]),
      );
    },
  };
}
