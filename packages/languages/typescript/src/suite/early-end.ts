import type { ExecResult } from "@jaunt/core";

/** Why a runner was ended before its time, in words that follow a file's name; undefined when it ended by itself. */
export function earlyEnd({ timedOut, exceeded, exitCode }: ExecResult, limitMs: number): string | undefined {
  if (timedOut) return `did not end within ${seconds(limitMs)}`;
  if (exceeded === "output") return "wrote more than a test ever needs to";
  if (exitCode === null) return "was killed";
  return undefined;
}

/** Milliseconds in words: `60 s`. */
export function seconds(milliseconds: number): string {
  return `${Math.round(milliseconds / 100) / 10} s`;
}
