import type { RunEvent } from "../events.ts";
import type { WatchOptions } from "../project.ts";
import type { ProjectContext } from "../project-context.ts";
import { readProjectConfig } from "../read/read-project-config.ts";
import { openChangeFeed, type ChangeFeed } from "./change-feed.ts";
import type { FileChange } from "./file-change.ts";
import { createKnownFiles, type KnownFiles } from "./known-files.ts";
import { createMailbox, type Mailbox } from "./mailbox.ts";
import { emitError, watchFailure } from "./watch-error.ts";
import type { WatchReport } from "./watch-report.ts";
import { watchRules, type WatchRules } from "./watch-rules.ts";
import { createSession, type Look } from "./watch-session.ts";
import { createWatchedTests } from "./watched-tests.ts";
import { watchedContext } from "./watched-context.ts";

/** How long to wait before trying again for a lock that another build holds, in milliseconds. */
const lockPollMs = 500;

/**
 * The loop of a watch: one step at a time it looks at what changed, while rounds run beside it. Ends when the context's signal
 * aborts.
 */
export async function watchProject(
  first: ProjectContext,
  options: WatchOptions,
): Promise<Pick<WatchReport, "rounds" | "totals" | "interrupted">> {
  const mailbox = createMailbox<Message>();
  const known = createKnownFiles(first.root);
  const onEvent = (event: RunEvent): void => {
    if (event.type === "file-write" || event.type === "file-remove") known.note(event.path);
    first.emit(event);
  };
  const stop = (): void => mailbox.post({ kind: "stop" });
  first.signal.addEventListener("abort", stop, { once: true });
  if (first.signal.aborted) stop();
  const session = createSession(options, () => mailbox.post({ kind: "ended" }));
  const tests = options.test === true ? createWatchedTests(options) : undefined;
  const retired: ProjectContext[] = [];
  let opened = await open(watchedContext(first, first.config, onEvent), known, mailbox);
  let retry: NodeJS.Timeout | undefined;

  /** Takes up a changed configuration; gives the error while it cannot be. */
  const reopen = async (): Promise<unknown> => {
    try {
      const context = watchedContext(first, readProjectConfig(first.root), onEvent);
      const next = await open(context, known, mailbox);
      await opened.feed.close();
      retired.push(opened.context);
      opened = next;
      return undefined;
    } catch (error) {
      return error;
    }
  };
  const look = async (request: Pick<Look, "changes" | "everything" | "mayStart">): Promise<void> => {
    clearTimeout(retry);
    const result = await session.look({ ...request, context: opened.context, rules: opened.rules });
    if (result === "locked") retry = setTimeout(() => mailbox.post({ kind: "again" }), lockPollMs);
    if (result === "moved") mailbox.post({ kind: "again" });
    tests?.note({ built: session.takeBuilt() });
    if (session.isRunning()) return;
    for (const context of retired.splice(0)) await context.close();
    if (session.isGreen()) tests?.start(opened.context);
  };

  try {
    first.emit({ type: "watch-ready", folders: first.config.paths.source_roots });
    await look({ changes: [], everything: true, mayStart: true });
    let problem: unknown;
    for (;;) {
      const messages = await mailbox.take();
      if (messages.some(({ kind }) => kind === "stop")) break;
      for (const message of messages) if (message.kind === "error") emitError(first, watchFailure(message.error));
      const changes = messages.flatMap((message) => (message.kind === "changes" ? message.changes : []));
      const { rules } = opened;
      if (changes.length > 0) await tests?.cancel();
      const isEverything = changes.some(({ path }) => rules.isConfiguration(path) || rules.isSetting(path));
      tests?.note({ changed: changes.map(({ path }) => path), everything: isEverything });
      const isNamed = changes.some(({ path }) => rules.isConfiguration(path) || path === ".gitignore");
      const isReset = isNamed || (problem !== undefined && changes.length > 0);
      if (isReset) {
        const before = problem;
        problem = await reopen();
        if (isNamed || problem === undefined || String(problem) !== String(before))
          first.emit({ type: "watch-change", at: Date.now(), changes, effect: "report", modules: [] });
        if (problem !== undefined && (isNamed || String(problem) !== String(before))) emitError(first, problem);
      }
      const isConfigured = problem === undefined;
      await look({
        changes: isReset || !isConfigured ? [] : changes,
        everything: isConfigured && (isReset || changes.some(({ path }) => rules.isSetting(path))),
        // Under a configuration that nobody can read nothing new is begun.
        mayStart: isConfigured && (changes.length > 0 || messages.some(({ kind }) => kind === "again")),
      });
    }
    const interrupted = session.isRunning() || tests?.isRunning() === true;
    await tests?.cancel();
    await session.close();
    return { ...session.report(), interrupted };
  } finally {
    clearTimeout(retry);
    first.signal.removeEventListener("abort", stop);
    await tests?.cancel();
    await opened.feed.close();
    await session.close();
    for (const context of [...retired, opened.context]) await context.close();
  }
}

type Message =
  | { readonly kind: "changes"; readonly changes: readonly FileChange[] }
  | { readonly kind: "error"; readonly error: unknown }
  | { readonly kind: "ended" | "again" | "stop" };

/** A configuration in use, and the files watched under it. */
interface Opened {
  readonly context: ProjectContext;
  readonly rules: WatchRules;
  readonly feed: ChangeFeed;
}

async function open(context: ProjectContext, known: KnownFiles, mailbox: Mailbox<Message>): Promise<Opened> {
  const rules = watchRules(context);
  const feed = await openChangeFeed({
    root: context.root,
    rules,
    known,
    onChanges: (changes) => mailbox.post({ kind: "changes", changes }),
    onError: (error) => mailbox.post({ kind: "error", error }),
  });
  return { context, rules, feed };
}
