import { JauntError } from "@jaunt/core";
import type { CacheInfoReport, CacheReport, ProjectCache } from "@jaunt/orchestrator";
import type { CacheCall, GlobalOptions } from "../command-line/invocation.ts";
import { formatBytes } from "../render/cache-report.ts";
import { cleanLine } from "../render/escape.ts";
import { isInteractive, type Terminal } from "../terminal.ts";
import type { CommandContext } from "./command-context.ts";
import { withProject } from "./with-project.ts";

/** Shows, clears or prunes the cache. Where a person can answer, clearing asks first: filling it again costs money. */
export async function runCache(call: CacheCall, globals: GlobalOptions, context: CommandContext): Promise<CacheReport> {
  return withProject(globals, context, async ({ project: { cache } }) => {
    switch (call.action) {
      case "info":
        return cache.info();
      case "clear":
        if (!call.yes && !globals.json && isInteractive(context.terminal))
          await confirmClearing(cache, context.terminal);
        return cache.clear();
      case "prune": {
        const { olderThanMs, maxBytes } = call;
        return cache.prune({
          ...(olderThanMs === undefined ? {} : { olderThanMs }),
          ...(maxBytes === undefined ? {} : { maxBytes }),
        });
      }
    }
  });
}

async function confirmClearing(cache: ProjectCache, { stdin, stderr, signal }: Terminal): Promise<void> {
  const info = await cache.info();
  if (info.clearable_bytes === 0) return;
  const { confirm } = await import("@clack/prompts");
  const answer = await confirm({
    message: question(info),
    initialValue: false,
    input: stdin,
    output: stderr,
    signal,
  });
  if (answer === true) return;
  throw new JauntError("Nothing was removed.", {
    code: "cancelled",
    exitCode: 130,
    hint: "`jaunt cache clear --yes` does not ask.",
  });
}

function question({ stores, dir, clearable_bytes: bytes }: CacheInfoReport): string {
  const replies = stores.find(({ kind }) => kind === "replies")?.entries ?? 0;
  return `Remove ${formatBytes(bytes)} below ${cleanLine(dir)}, ${String(replies)} paid replies among them?`;
}
