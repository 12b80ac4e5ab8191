import { readFileSync } from "node:fs";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { defaultPaths, readPaths } from "@jaunt/core/paths";
import type { PathsConfig } from "@jaunt/core/config";
import { findGuarded } from "@jaunt/orchestrator/guard";
import type { Terminal } from "../terminal.ts";
import { readClaudeEvent } from "./claude-event.ts";
import { refusalText } from "./refusal-text.ts";

/**
 * Answers a PreToolUse event of Claude Code from standard input: a denial as JSON for what would write a generated file, nothing for all
 * else. What cannot be judged passes, and is told of: a guard that fails must not stop an agent from mending what makes it fail. This
 * runs before every edit, so it loads neither a backend nor a language, and no command line.
 */
export async function answerClaude(
  terminal: Pick<Terminal, "stdin" | "stdout" | "stderr" | "env" | "cwd">,
): Promise<void> {
  const warn = (message: string): void => void terminal.stderr.write(`jaunt guard: ${message}\n`);
  try {
    const refusal = judge(await text(terminal.stdin), terminal, warn);
    if (refusal !== undefined) terminal.stdout.write(`${JSON.stringify(denial(refusal))}\n`);
  } catch (error) {
    warn(`it cannot judge this event and lets it pass: ${messageOf(error)}`);
  }
}

function judge(
  event: string,
  { cwd: folder, env }: Pick<Terminal, "env" | "cwd">,
  warn: (message: string) => void,
): string | undefined {
  const { cwd, paths } = readClaudeEvent(event, folder, env);
  const known = new Map<string, PathsConfig>();
  const pathsOf = (root: string): PathsConfig => {
    const found = known.get(root) ?? readProjectPaths(root, warn);
    known.set(root, found);
    return found;
  };
  for (const path of new Set(paths)) {
    const guarded = findGuarded(path, pathsOf);
    if (guarded !== undefined) return refusalText(guarded, cwd);
  }
  return undefined;
}

function readProjectPaths(root: string, warn: (message: string) => void): PathsConfig {
  try {
    return readPaths(readFileSync(join(root, "jaunt.toml"), "utf8"));
  } catch (error) {
    warn(`jaunt.toml cannot be read, so the usual folders are guarded: ${messageOf(error)}`);
    return defaultPaths;
  }
}

/** The form that Claude Code documents for a refused tool; it goes with exit code 0. */
function denial(reason: string): unknown {
  return {
    hookSpecificOutput: {
      hookEventName: "PreToolUse",
      permissionDecision: "deny",
      permissionDecisionReason: reason,
    },
  };
}

function messageOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).replaceAll(/\s+/g, " ");
}
