import { JauntError } from "@jaunt/core";
import type { EventListener, Language, Project } from "@jaunt/orchestrator";
import type { GlobalOptions } from "../command-line/invocation.ts";
import { createBackend, generatorModel } from "../plugins/create-backend.ts";
import { findRoot } from "../project/find-root.ts";
import { createEventStream } from "../reporters/event-stream.ts";
import { createReporter } from "../reporters/create-reporter.ts";
import { createTally, type Tally } from "../reporters/tally.ts";
import type { CommandContext } from "./command-context.ts";

export interface OpenedProject {
  readonly project: Project;
  readonly languages: readonly Language[];
}

/** Time that an interrupted command has to end in order and to report, in milliseconds. */
const graceMs = 700;

/**
 * Opens the project, shows its events while `use` runs, and closes both.
 * @throws {JauntError} `interrupted`, with exit code 130, when an interrupted command does not end in time
 */
export async function withProject<Result>(
  globals: Pick<GlobalOptions, "root"> & Partial<Pick<GlobalOptions, "events">>,
  context: CommandContext,
  use: (opened: OpenedProject) => Promise<Result>,
): Promise<Result> {
  const { terminal } = context;
  const root = findRoot(terminal.cwd, globals.root);
  const reporter = createReporter(terminal, context.progressView);
  const stream = globals.events === true ? createEventStream(terminal.stdout) : undefined;
  const tally = createTally();
  const onEvent: EventListener = (event) => {
    tally.onEvent(event);
    stream?.onEvent(event);
    reporter.onEvent(event);
  };
  try {
    return await orInterrupted(openAndUse(root, context, onEvent, use), terminal.signal, tally);
  } finally {
    stream?.close();
    reporter.close();
  }
}

async function openAndUse<Result>(
  root: string,
  { terminal, services, version }: CommandContext,
  onEvent: EventListener,
  use: (opened: OpenedProject) => Promise<Result>,
): Promise<Result> {
  const languages = await services.loadLanguages();
  const project = await services.openProject(root, {
    languages,
    createBackend: (config) =>
      createBackend(config, { root, env: terminal.env, providers: services.providers }, onEvent),
    generatorModel,
    toolVersion: version,
    onEvent,
    signal: terminal.signal,
    environment: terminal.env,
    cacheToken: terminal.env["JAUNT_CACHE_TOKEN"],
  });
  try {
    return await use({ project, languages });
  } finally {
    await project.close();
  }
}

async function orInterrupted<Result>(work: Promise<Result>, signal: AbortSignal, tally: Tally): Promise<Result> {
  let timer: NodeJS.Timeout | undefined;
  const overdue = new Promise<never>((_, reject) => {
    const start = (): void => {
      timer = setTimeout(() => reject(interrupted(tally)), graceMs);
    };
    if (signal.aborted) start();
    else signal.addEventListener("abort", start, { once: true });
  });
  try {
    return await Promise.race([work, overdue]);
  } catch (error) {
    // What an aborted call throws says less than what was finished.
    throw signal.aborted ? interrupted(tally, error) : error;
  } finally {
    clearTimeout(timer);
  }
}

function howFar(tally: Tally): string {
  const counts = tally.counts();
  return counts === undefined
    ? "Interrupted: nothing is done yet."
    : `Interrupted: ${String(counts.done)} done, ${String(counts.left)} left.`;
}

function interrupted(tally: Tally, cause?: unknown): JauntError {
  if (JauntError.isInstance(cause) && cause.code === "interrupted") return cause;
  return new JauntError(howFar(tally), {
    code: "interrupted",
    exitCode: 130,
    hint: "What was finished is kept; run the command again to go on.",
    cause,
  });
}
