import { stripVTControlCharacters } from "node:util";
import type { ModuleId } from "@jaunt/core";
import type { RunEvent } from "@jaunt/orchestrator";
import { cleanLine } from "../render/escape.ts";
import { formatNumber, formatSeconds } from "../render/format.ts";
import type { View } from "../render/view.ts";
import { textWidth, truncateText } from "../render/width.ts";
import type { TerminalOutput } from "../terminal.ts";
import { batchState } from "./batch-lines.ts";
import { eventLines } from "./event-lines.ts";
import type { Reporter } from "./reporter.ts";
import { idleLine } from "./watch-lines.ts";

interface Running {
  readonly startedAt: number;
  attempt: number;
  maxAttempts: number;
  characters: number;
  waiting: boolean;
  /** The batch that holds its first attempt. */
  batch: string | undefined;
}

/** A batch that is out. */
interface RunningBatch {
  readonly startedAt: number;
  state: string;
}

const frames: readonly string[] = ["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"];
const redrawMs = 100;

/**
 * A live display: one line per running module below the lasting lines, redrawn in place ten times a second; one line in all
 * while a watch waits.
 */
export function createLiveReporter(output: TerminalOutput, view: View, now: () => number): Reporter {
  const running = new Map<ModuleId, Running>();
  const batches = new Map<string, RunningBatch>();
  const progress = { done: 0, total: 0 };
  let startedAt = now();
  let idle: string | undefined;
  let drawn: readonly string[] = [];
  let closed = false;

  const draw = (lasting: readonly string[] = []): void => {
    const { width, height } = screenSize(output);
    const waiting = idle === undefined ? [] : [view.colors.dim(truncateText(idle, width - 1))];
    const lines =
      running.size === 0
        ? waiting
        : liveLines(running, batches, progress, { now: now(), startedAt, width, height, view });
    const text = `${eraseLines(drawn, width)}${[...lasting, ...lines].map((line) => `${line}\n`).join("")}`;
    drawn = lines;
    if (text !== "") output.write(text);
  };
  const timer = setInterval(() => {
    if (running.size > 0) draw();
  }, redrawMs);
  timer.unref();

  return {
    onEvent(event) {
      if (closed) return;
      track(event, running, progress, now());
      trackBatch(event, running, batches, now());
      if (event.type === "watch-idle") idle = idleLine(event);
      if (event.type === "watch-change" && event.effect === "build") {
        idle = undefined;
        startedAt = now();
      }
      const lasting = eventLines(event, view);
      if (lasting.length > 0 || event.type === "module-start" || event.type === "watch-idle") draw(lasting);
    },
    close() {
      if (closed) return;
      closed = true;
      clearInterval(timer);
      running.clear();
      idle = undefined;
      draw();
    },
  };
}

/** Some pseudo-terminals say that they are zero columns wide. */
function screenSize({ columns, rows }: TerminalOutput): { readonly width: number; readonly height: number } {
  return {
    width: columns === undefined || columns < 1 ? 80 : columns,
    height: rows === undefined || rows < 1 ? 24 : rows,
  };
}

function track(
  event: RunEvent,
  running: Map<ModuleId, Running>,
  progress: { done: number; total: number },
  time: number,
): void {
  if (event.type === "plan-end") Object.assign(progress, { done: 0, total: event.total });
  if (event.type === "module-start") {
    running.set(event.module, {
      startedAt: time,
      attempt: 0,
      maxAttempts: 0,
      characters: 0,
      waiting: false,
      batch: undefined,
    });
  }
  if (event.type === "module-end") {
    if (event.outcome !== "skipped") progress.done += 1;
    running.delete(event.module);
  }
  const module = "module" in event && event.module !== undefined ? running.get(event.module) : undefined;
  if (module === undefined) return;
  if (event.type === "attempt-start")
    Object.assign(module, { attempt: event.attempt, maxAttempts: event.maxAttempts, characters: 0, waiting: false });
  if (event.type === "attempt-progress") Object.assign(module, { characters: event.outputCharacters, waiting: false });
  if (event.type === "call-retry") module.waiting = true;
}

/** Modules in a batch show as that one line, for they all wait for the same. */
function trackBatch(
  event: RunEvent,
  running: ReadonlyMap<ModuleId, Running>,
  batches: Map<string, RunningBatch>,
  time: number,
): void {
  if (event.type === "batch-submit") {
    batches.set(event.batch, { startedAt: time, state: "waiting" });
    for (const id of event.modules) Object.assign(running.get(id) ?? {}, { batch: event.batch });
  }
  if (event.type !== "batch-progress") return;
  const batch = batches.get(event.batch);
  if (batch !== undefined) batch.state = batchState(event);
  if (event.state === "running") return;
  batches.delete(event.batch);
  for (const module of running.values()) if (module.batch === event.batch) module.batch = undefined;
}

interface Screen {
  readonly now: number;
  readonly startedAt: number;
  readonly width: number;
  readonly height: number;
  readonly view: View;
}

/** At most half of the screen, every line shorter than it is wide, so that a line never wraps when drawn. */
function liveLines(
  running: ReadonlyMap<ModuleId, Running>,
  batches: ReadonlyMap<string, RunningBatch>,
  progress: { readonly done: number; readonly total: number },
  screen: Screen,
): readonly string[] {
  const { colors } = screen.view;
  const room = Math.max(1, Math.floor(screen.height / 2) - 1);
  const all: readonly LiveEntry[] = [
    ...[...batches].map(([id, batch]) => ({ name: `batch ${id}`, text: describeBatch(batch, screen.now) })),
    ...[...running].flatMap(([name, module]) =>
      module.batch === undefined ? [{ name, text: describe(module, screen.now) }] : [],
    ),
  ];
  const spinner = frames[Math.floor(screen.now / redrawMs) % frames.length] ?? "";
  const nameWidth = Math.min(Math.max(0, ...all.map(({ name }) => textWidth(name))), Math.max(10, screen.width - 50));
  const lines = all.slice(0, room).map((entry) => {
    const name = truncateText(cleanLine(entry.name), nameWidth);
    const text = `${name}${" ".repeat(nameWidth - textWidth(name))}  ${entry.text}`;
    return `${colors.cyan(spinner)} ${truncateText(text, screen.width - 3)}`;
  });
  const more = all.length > room ? `, ${formatNumber(all.length - room)} more running` : "";
  const summary = `  ${formatNumber(progress.done)} of ${formatNumber(progress.total)} done${more}, ${formatSeconds((screen.now - screen.startedAt) / 1000)}`;
  return [...lines, colors.dim(truncateText(summary, screen.width - 1))];
}

/** What one live line says, and of whom. */
interface LiveEntry {
  readonly name: string;
  readonly text: string;
}

function describeBatch({ startedAt, state }: RunningBatch, now: number): string {
  return `${state}  ${formatSeconds((now - startedAt) / 1000)}`;
}

function describe({ startedAt, attempt, maxAttempts, characters, waiting }: Running, now: number): string {
  const elapsed = formatSeconds((now - startedAt) / 1000).padStart(8);
  const which = attempt === 0 ? "preparing" : `attempt ${String(attempt)}/${String(maxAttempts)}`;
  const state = waiting ? "waiting to ask again" : characters > 0 ? `${formatNumber(characters)} characters` : "";
  return `${which}  ${elapsed}  ${state}`.trimEnd();
}

/** Moves up over lines that were drawn earlier and clears them; a screen made narrower since has wrapped them. */
function eraseLines(lines: readonly string[], width: number): string {
  const rows = lines.reduce(
    (total, line) => total + Math.max(1, Math.ceil(textWidth(stripVTControlCharacters(line)) / Math.max(1, width))),
    0,
  );
  return rows === 0 ? "" : `\u001b[${String(rows)}A\r\u001b[J`;
}
