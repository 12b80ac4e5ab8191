import type { Backend, GenerateResponse } from "@jaunt/core";
import { describe, expect, onTestFinished, test } from "vitest";
import type { FailureKind, WireAnswer } from "../wire/wire-format.ts";
import { conformanceRequest as request, everythingIn, neverAborted, rejection } from "./calls.ts";

/** What the model behind the backend is to do in one case. */
export interface ConformanceCase {
  /** Streamed as the answer, byte for byte. */
  readonly text: string;
  readonly finish: GenerateResponse["finish"];
  readonly usage: WireAnswer["usage"];
  /** Fail this way in place of an answer. A `rate-limit` asks to wait 7,000 ms. */
  readonly failure: FailureKind | undefined;
  /** Begin, then never end. */
  readonly stalls: boolean;
}

/** A backend set up for one case. */
export interface BackendHarness {
  readonly backend: Backend;
  /** The key the backend was given; it must show nowhere. */
  readonly secret?: string;
  /** What went over the wire, one entry a call, for backends that have a wire. */
  readonly sent?: () => readonly string[];
  close(): Promise<void>;
}

const answer = 'Grüße 👋 – fertig.\n\n```ts\nexport const greeting = "日本語";\n```\n';
const ordinary: ConformanceCase = {
  text: answer,
  finish: "stop",
  usage: { input: 90, cacheRead: 10, output: 30, reasoning: 5 },
  failure: undefined,
  stalls: false,
};
const retryable: Readonly<Record<FailureKind, boolean>> = {
  auth: false,
  quota: false,
  "rate-limit": true,
  overloaded: true,
  server: true,
  "bad-request": false,
  "context-overflow": false,
};

/**
 * Declares the tests that every backend must pass. `make` sets one up for a case; the suite closes it. `endings` are those that what is
 * behind the backend tells apart from a stop.
 */
export function backendConformance(
  name: string,
  make: (wanted: ConformanceCase) => Promise<BackendHarness>,
  endings: readonly Exclude<GenerateResponse["finish"], "stop">[] = ["length", "refusal"],
): void {
  async function harness(wanted: Partial<ConformanceCase> = {}): Promise<BackendHarness> {
    const made = await make({ ...ordinary, ...wanted });
    onTestFinished(() => made.close());
    return made;
  }

  describe(`${name} conforms`, () => {
    test("it names its version and itself", async () => {
      const { backend } = await harness();
      expect(backend.apiVersion).toBe(1);
      expect(backend.name).not.toBe("");
    });

    test("the text arrives byte for byte, with how it ended and who wrote it", async () => {
      const { backend } = await harness();
      const response = await backend.generate(request(), { signal: neverAborted() });
      expect(response).toMatchObject({ text: answer, channel: "text", finish: "stop" });
      expect(response.model).not.toBe("");
    });

    test("usage keeps cached tokens apart from input and reasoning inside output", async () => {
      const { backend } = await harness();
      const { usage } = await backend.generate(request(), { signal: neverAborted() });
      expect(usage).toEqual({ input: 90, cacheRead: 10, cacheWrite: 0, output: 30, reasoning: 5 });
    });

    test("missing usage is estimated and says so", async () => {
      const { backend } = await harness({ usage: undefined });
      const { usage } = await backend.generate(request(), { signal: neverAborted() });
      expect(usage.estimated).toBe(true);
      expect(usage.input).toBeGreaterThan(0);
      expect(usage.output).toBeGreaterThan(0);
    });

    test.each(endings)("an answer that ends by %s is an answer, not an error", async (finish) => {
      const { backend } = await harness({ finish });
      expect((await backend.generate(request(), { signal: neverAborted() })).finish).toBe(finish);
    });

    test("progress only grows and ends at the length of the text", async () => {
      const { backend } = await harness();
      const seen: number[] = [];
      await backend.generate(request(), {
        signal: neverAborted(),
        onProgress: ({ outputCharacters }) => seen.push(outputCharacters),
      });
      expect(seen).toEqual(seen.toSorted((one, other) => one - other));
      expect(seen.at(-1)).toBe(answer.length);
    });

    test("a signal that is aborted already lets no call out", async () => {
      const { backend, sent } = await harness();
      const failure = await rejection(backend.generate(request(), { signal: AbortSignal.abort() }));
      expect(failure).toMatchObject({ kind: "aborted", retryable: false, exitCode: 130 });
      expect(sent?.() ?? []).toEqual([]);
    });

    test("an abort in the middle ends the call at once", async () => {
      const { backend } = await harness({ stalls: true });
      const controller = new AbortController();
      setTimeout(() => controller.abort(), 60);
      const started = performance.now();
      const failure = await rejection(backend.generate(request(), { signal: controller.signal }));
      expect(failure).toMatchObject({ kind: "aborted", retryable: false });
      expect(performance.now() - started).toBeLessThan(2_000);
    });

    test.each(Object.keys(retryable) as readonly FailureKind[])("the failure %s is told apart", async (kind) => {
      const { backend } = await harness({ failure: kind });
      const failure = await rejection(backend.generate(request(), { signal: neverAborted() }));
      expect(failure).toMatchObject({ kind, code: `backend-${kind}`, retryable: retryable[kind] });
      expect(failure.message).not.toBe("");
      if (kind === "rate-limit") expect(failure.retryAfterMs).toBe(7_000);
    });

    test.each(["auth", "bad-request", "server"] as const)(
      "the key shows nowhere in the failure %s",
      async (failure) => {
        const { backend, secret } = await harness({ failure });
        const thrown = await rejection(backend.generate(request(), { signal: neverAborted() }));
        expect(everythingIn(thrown)).not.toContain(secret ?? "no backend has this key");
      },
    );

    test("the same request twice sends the same bytes and gives the same answer", async () => {
      const { backend, sent } = await harness();
      const first = await backend.generate(request(), { signal: neverAborted() });
      const second = await backend.generate(request(), { signal: neverAborted() });
      expect(second).toEqual(first);
      if (sent !== undefined) {
        expect(sent()).toHaveLength(2);
        expect(sent()[1]).toBe(sent()[0]);
      }
    });

    test("calls at once do not mix", async () => {
      const { backend } = await harness();
      const responses = await Promise.all(
        Array.from({ length: 8 }, () => backend.generate(request(), { signal: neverAborted() })),
      );
      expect(new Set(responses.map(({ text }) => text))).toEqual(new Set([answer]));
    });
  });
}
