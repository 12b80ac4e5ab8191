import { resolve } from "node:path";
import type { Backend, GenerateRequest, Usage } from "@jaunt/core";
import { digest } from "@jaunt/core/digest";
import { createBatchDesk, type BatchDesk } from "../batch/batch-desk.ts";
import { openBatchStore } from "../batch/batch-store.ts";
import { layerStores, type LayeredStore } from "../cache/layered-store.ts";
import { parseRemoteAddress } from "../cache/remote-address.ts";
import { openRemoteStore, type RemoteStore } from "../cache/remote-store.ts";
import { openResponseStore } from "../cache/response-store.ts";
import { tolerateFailures } from "../cache/tolerant-store.ts";
import type { Spending } from "../cost/budget.ts";
import { recordSpending, type SpendingRecord } from "../cost/spending-record.ts";
import type { BuildOptions } from "../project.ts";
import type { ProjectContext } from "../project-context.ts";
import { systemClock } from "./clock.ts";
import { lazyBackend } from "./lazy-backend.ts";
import { createLimiter } from "./limiter.ts";
import { openPaidBackend, type PaidBackend } from "./paid-backend.ts";
import { withRecording } from "./with-recording.ts";
import { requestKey, withResponseCache } from "./with-response-cache.ts";
import { withRetry } from "./with-retry.ts";

/** The backend of one build, wrapped, with what it counted. */
export interface BuildBackend {
  readonly backend: Backend;
  /** Present in a build by batch. */
  readonly batch: BatchDesk | undefined;
  /** Requests that reached the provider, retries aside. */
  calls(): number;
  cacheHits(): number;
  /** Those of the hits that came from the shared cache. */
  remoteHits(): number;
  /** What its calls cost, retries included. */
  spending(): Spending;
  /** Dollars that these tokens cost; undefined where nobody knows the price. */
  costOf(usage: Usage): number | undefined;
  /** The model whose price counts; empty before a first call and where the backend does not tell. */
  model(): string;
  /** Writes down what was spent since the last time, and tells what the project came to so far. */
  book(): SpendingRecord;
  isCached(request: GenerateRequest): boolean;
  /** Forgets the replies to requests that led nowhere, so that the next build asks afresh. */
  evict(requests: readonly GenerateRequest[]): Promise<void>;
  /** Offers the replies to requests that led to a good module to the shared cache. Does not wait. */
  share(requests: readonly GenerateRequest[]): void;
  /** Waits for replies that are being kept, and a moment for what is still being shared. */
  close(): Promise<void>;
}

/** Wraps the project's backend: retries inside, the reply caches around them, recordings outermost. Nothing is made before a call. */
export function openBackend(context: ProjectContext, options: BuildOptions): BuildBackend {
  const { config, root } = context;
  const hits = new WeakSet<GenerateRequest>();
  const said = new Set<string>();
  let calls = 0;
  const found = { local: 0, remote: 0 };
  const name = identity(context);
  const paid = context.paid ?? openPaidBackend(context);
  const lazy = lazyBackend(name, async () => (await paid.open()).backend);
  const limiter = createLimiter(options.jobs ?? config.build.jobs, systemClock, ({ limit, pauseMs }) =>
    context.emit({ type: "limit-change", limit, pauseMs }),
  );
  const retrying = withRetry(lazy, {
    maxCalls: 6,
    baseMs: 500,
    capMs: 60_000,
    totalMs: 180_000,
    ...systemClock,
    limiter,
    onRetry: ({ label, attempt, why, waitMs }) =>
      context.emit({ type: "call-retry", module: label, attempt, why, waitMs }),
  });
  const remote = openRemote(context, options);
  const local = tolerateFailures(openResponseStore(resolve(root, config.cache.dir, "responses")), (why) =>
    context.emit({
      type: "warning",
      message: `Replies cannot be kept, so that an interrupted build would pay for them again: ${why}`,
      hint: "Check `[cache] dir` in jaunt.toml, and that its folder can be written to.",
    }),
  );
  const store = layerStores(local, remote);
  const batch = options.batch === true ? openDesk(context, options, paid, store) : undefined;
  const asked = batch === undefined ? retrying : batch.wrap(retrying);
  const counted: Backend = {
    ...asked,
    generate(request, callOptions) {
      calls += 1;
      return asked.generate(request, {
        ...callOptions,
        onWarning: ({ message, hint }) => {
          // What one module suffers from, all will: the advice is given once.
          if (said.has(hint)) return;
          said.add(hint);
          context.emit({ type: "warning", message, hint, module: request.label });
        },
      });
    },
  };
  const cached = keepsReplies(context)
    ? withResponseCache(counted, {
        store,
        offline: options.offline === true,
        read: options.noCache !== true,
        onHit(request, from) {
          found[from] += 1;
          hits.add(request);
        },
      })
    : counted;
  return {
    backend: options.record === undefined ? cached : withRecording(cached, options.record),
    batch,
    calls: () => calls,
    cacheHits: () => found.local + found.remote,
    remoteHits: () => found.remote,
    spending: paid.spending,
    costOf: paid.costOf,
    model: paid.model,
    book: () => recordSpending(root, paid.takeSpending(), new Date()),
    isCached: (request) => hits.has(request),
    async evict(requests) {
      for (const request of requests) await store.reject(requestKey(name, request));
    },
    share(requests) {
      for (const request of requests) store.share(requestKey(name, request));
    },
    close: async () => {
      batch?.close();
      await local.settled();
      await remote?.close();
      recordSpending(root, paid.takeSpending(), new Date());
    },
  };
}

function openDesk(context: ProjectContext, options: BuildOptions, paid: PaidBackend, store: LayeredStore): BatchDesk {
  const name = identity(context);
  return createBatchDesk({
    jobs: options.jobs ?? context.config.build.jobs,
    store: openBatchStore(context.root),
    provider: digest("provider", [name]),
    signal: context.signal,
    read: options.noCache !== true,
    resume: options.resume === true,
    open: () => paid.open(),
    keep: (key, response) => store.put(key, response),
    keyOf: (request) => requestKey(name, request),
    emit: (event) => context.emit(event),
    now: () => Date.now(),
    sleep: systemClock.sleep,
  });
}

/** Recordings are replies that are stored already; keeping them twice would only hide that one was changed. */
function keepsReplies({ config }: ProjectContext): boolean {
  return config.llm.provider !== "replay";
}

/** The shared cache, where one is configured and the network may be used. */
function openRemote(context: ProjectContext, { offline = false }: BuildOptions): RemoteStore | undefined {
  const { remote, remote_write: write } = context.config.cache;
  if (remote === "" || offline || !keepsReplies(context)) return undefined;
  return openRemoteStore({
    address: parseRemoteAddress(remote, context.options.cacheToken),
    write,
    signal: context.signal,
    warn: (message, hint) => context.emit({ type: "warning", message, hint }),
  });
}

/** What decides a reply besides the request. Never a key. */
export function identity({ config: { llm } }: ProjectContext): string {
  return JSON.stringify([llm.provider, llm.base_url, llm.output]);
}
