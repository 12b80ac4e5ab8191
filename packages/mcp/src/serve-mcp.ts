import type { Readable, Writable } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";
import { serveStdio, StdioServerTransport } from "@modelcontextprotocol/server/stdio";
import { createServer } from "./create-server.ts";
import { createJobBoard } from "./jobs/job-board.ts";
import type { OpenProject } from "./session.ts";

export interface ServeOptions {
  readonly version: string;
  readonly openProject: OpenProject;
  readonly input: Readable;
  /** Carries JSON-RPC, a message a line; nothing else may write there. */
  readonly output: Writable;
  /** Told of what is wrong with the connection. */
  readonly onError: (error: Error) => void;
  /** Ends the server. */
  readonly signal: AbortSignal;
  /** How long a prompt of a delegated build waits for its source, in milliseconds. Default: half an hour. */
  readonly delegateTimeLimitMs?: number;
}

/** Serves a project to an agent until its input ends or the signal aborts; builds that run are then cancelled. */
export async function serveMcp(options: ServeOptions): Promise<void> {
  const { version, openProject, input, output, onError, signal } = options;
  const board = createJobBoard();
  const session = { version, openProject, board, delegateTimeLimitMs: options.delegateTimeLimitMs ?? 30 * 60_000 };
  const transport = new StdioServerTransport(input, output);
  const handle = serveStdio(() => createServer(session), { transport, onerror: onError });
  await closed(transport, signal);
  await handle.close();
  await Promise.race([board.close(), sleep(graceMs, undefined, { ref: false })]);
}

/** Time that a cancelled build has to end in order, in milliseconds. */
const graceMs = 1_000;

function closed(transport: StdioServerTransport, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const { onclose } = transport;
    transport.onclose = () => {
      onclose?.();
      resolve();
    };
    if (signal.aborted) resolve();
    else signal.addEventListener("abort", () => resolve(), { once: true });
  });
}
