import { context, trace } from "@opentelemetry/api";
import { AsyncLocalStorageContextManager } from "@opentelemetry/context-async-hooks";
import { BasicTracerProvider, InMemorySpanExporter, SimpleSpanProcessor } from "@opentelemetry/sdk-trace-base";
import { BackendError } from "@jaunt/core";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createToyProject, fenced, type ToyProject } from "../__fixtures__/toy-project.ts";

let toy: ToyProject;
beforeEach(() => {
  toy = createToyProject({ "src/base.toy": "spec base(number) -- Twice the number.\n" });
  Object.assign(toy.replies, { "src/base": fenced("fn base(number) = n * 2") });
});
afterEach(() => {
  toy.remove();
  trace.disable();
  context.disable();
});

test("a build is a span, its modules are children of it, and the calls children of those", async () => {
  const exporter = new InMemorySpanExporter();
  trace.setGlobalTracerProvider(new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] }));
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  await (await toy.open()).build();
  const spans = exporter.getFinishedSpans();
  const names = new Map(spans.map((span) => [span.spanContext().spanId, span.name]));
  expect(spans.map((span) => [span.name, names.get(span.parentSpanContext?.spanId ?? "")])).toEqual([
    ["chat model", "jaunt.module"],
    ["jaunt.module", "jaunt.build"],
    ["jaunt.build", undefined],
  ]);
});

test("a rate limit is told of as an event, with the pause it sets for all calls", async () => {
  let calls = 0;
  const usage = { input: 1, cacheRead: 0, cacheWrite: 0, output: 1, reasoning: 0 };
  const project = await toy.open({
    createBackend: async () => ({
      apiVersion: 1,
      name: "limited",
      async generate() {
        calls += 1;
        if (calls === 1) throw new BackendError("slow down", { kind: "rate-limit", retryAfterMs: 5 });
        return { text: fenced("fn base(number) = n * 2"), channel: "text", finish: "stop", usage, model: "model" };
      },
    }),
  });
  expect((await project.build()).generated).toEqual(["src/base"]);
  expect(toy.events.filter(({ type }) => type === "limit-change")).toEqual([
    { type: "limit-change", limit: 1, pauseMs: 5 },
    { type: "limit-change", limit: 2, pauseMs: 0 },
  ]);
});
