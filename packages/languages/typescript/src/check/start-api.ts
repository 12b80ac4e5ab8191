import type { ChildProcess } from "node:child_process";
import type { Writable } from "node:stream";
import type { API, APIOptions } from "typescript/unstable/async";
import { endWithParent } from "./end-with-parent.ts";

/** TypeScript's API in a process of its own. */
export interface RunningApi {
  readonly api: API;
  /** Rejects when the process ends: a request would then never settle. */
  readonly ended: Promise<never>;
  /** Ends the process, whatever it is at. */
  stop(): Promise<void>;
}

/** Starts TypeScript's API. The process lives until `stop`; it also ends when this process does. */
export async function startApi(options: APIOptions): Promise<RunningApi> {
  const { API } = await import("typescript/unstable/async");
  const api = new API(options);
  const child = await childOf(api);
  endWithParent(child);
  const ended = new Promise<never>((_, reject) => {
    child.once("exit", (code, signal) => reject(new Error(`the TypeScript process ended (${signal ?? code})`)));
    child.once("error", reject);
  });
  ended.catch(() => undefined);
  if (child.stdin !== null) ignoreFailedWrites(child.stdin);
  return {
    api,
    ended,
    async stop() {
      await internals(api).client.close();
      if (child.exitCode !== null || child.signalCode !== null) return;
      // A busy process does not look at its input, so closing that alone would leave it behind for a while.
      const exit = new Promise((resolve) => child.once("exit", resolve));
      child.kill("SIGKILL");
      await exit;
    },
  };
}

interface ApiInternals {
  readonly client: { connect(): Promise<void>; close(): Promise<void>; readonly process?: ChildProcess };
}

// The API has no way to notice that its process died.
function internals(api: API): ApiInternals {
  return api as unknown as ApiInternals;
}

async function childOf(api: API): Promise<ChildProcess> {
  await internals(api).client.connect();
  const child = internals(api).client.process;
  if (child === undefined) throw new Error("the TypeScript API started no process");
  return child;
}

/** The message library turns a failed write into an unhandled rejection, which would end Jaunt; `ended` tells of it as well. */
function ignoreFailedWrites(stream: Writable): void {
  const write = stream.write.bind(stream) as (data: unknown, encoding: BufferEncoding, done: () => void) => boolean;
  stream.write = (data: unknown, ...rest: readonly unknown[]): boolean => {
    const encoding = rest.find((each) => typeof each === "string") ?? "utf8";
    const done = rest.find((each) => typeof each === "function");
    return write(data, encoding as BufferEncoding, () => done?.());
  };
  stream.on("error", () => undefined);
}
