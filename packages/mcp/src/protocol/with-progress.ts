import { setTimeout as sleep } from "node:timers/promises";
import type { ServerContext } from "@modelcontextprotocol/server";

/** Clients give up on a call that is silent for a minute; in milliseconds. */
const heartbeatMs = 2_000;
/** A notification that leaves together with the answer may be lost, in milliseconds. */
const settleMs = 25;

/** Runs `work`, and tells a client that asked for it every few seconds how far it is. */
export async function withProgress<Result>(
  { mcpReq }: Pick<ServerContext, "mcpReq">,
  describe: () => string,
  work: () => Promise<Result>,
): Promise<Result> {
  const progressToken = mcpReq._meta?.progressToken;
  if (progressToken === undefined) return work();
  const startedAt = performance.now();
  let lastSent = 0;
  const tell = (): void => {
    lastSent = performance.now();
    const progress = Math.round(lastSent - startedAt) / 1000;
    const notification = { method: "notifications/progress", params: { progressToken, progress, message: describe() } };
    // A client that is gone needs no progress.
    mcpReq.notify(notification).catch(() => {});
  };
  const timer = setInterval(tell, heartbeatMs);
  try {
    return await work();
  } finally {
    clearInterval(timer);
    if (performance.now() - lastSent < settleMs) await sleep(settleMs);
  }
}
