import type { ServerContext } from "@modelcontextprotocol/server";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { withProgress } from "./with-progress.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test("a client that asked for it hears at least every ten seconds, with ever larger figures", async () => {
  const { context, sent } = createContext("token");
  const ended = withProgress(
    context,
    () => "at it",
    () => new Promise((resolve) => setTimeout(resolve, 60_000)),
  );
  await vi.advanceTimersByTimeAsync(60_100);
  await ended;
  const values = sent.map(({ progress }) => progress);
  expect(sent[0]).toMatchObject({ progressToken: "token", message: "at it" });
  expect(values.length).toBeGreaterThanOrEqual(6);
  const gaps = [...values, 60].map((value, index) => value - (values[index - 1] ?? 0));
  expect(Math.min(...gaps.slice(0, -1))).toBeGreaterThan(0);
  expect(Math.max(...gaps)).toBeLessThanOrEqual(10);
});

test("a client that did not ask hears nothing, and one that is gone stops no work", async () => {
  const silent = createContext(undefined);
  expect(await withProgress(silent.context, () => "", slowly)).toBe("done");
  const gone = createContext("token", () => Promise.reject(new Error("closed")));
  expect(await withProgress(gone.context, () => "", slowly)).toBe("done");
  expect(silent.sent).toEqual([]);
});

async function slowly(): Promise<string> {
  await vi.advanceTimersByTimeAsync(5_000);
  return "done";
}

interface Sent {
  readonly progress: number;
}

function createContext(
  progressToken: string | undefined,
  notify?: () => Promise<void>,
): { context: Pick<ServerContext, "mcpReq">; sent: Sent[] } {
  const sent: Sent[] = [];
  const mcpReq = {
    _meta: progressToken === undefined ? {} : { progressToken },
    notify: notify ?? (({ params }: { readonly params: Sent }) => Promise.resolve(void sent.push(params))),
  };
  return { context: { mcpReq } as unknown as Pick<ServerContext, "mcpReq">, sent };
}
