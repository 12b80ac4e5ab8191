import { BackendError, type BackendErrorKind } from "@jaunt/core";
import type { Agent } from "./agent.ts";

/** What is known of a call that gave no answer. */
export interface AgentFailure {
  /** In the agent's words, from its output or its standard error. */
  readonly said: string;
  /** HTTP status of its provider, when it told. */
  readonly status?: number | undefined;
  /** Null when a signal ended it. */
  readonly exitCode: number | null;
  readonly signal: NodeJS.Signals | null;
}

export interface FailureContext {
  readonly agent: Agent;
  readonly model: string;
  /** Takes keys out of a text that came from outside. */
  readonly clean: (text: string) => string;
}

/** A failed call as the port knows errors. Agents have no codes in common, so their words decide, then the status. */
export function agentError(failure: AgentFailure, { agent, model, clean }: FailureContext): BackendError {
  const said = shorten(clean(failure.said));
  const kind = kindOf(said, failure);
  const retryAfterMs = kind === "rate-limit" ? waitIn(said) : undefined;
  return new BackendError(`${agent.title} ${endOf(failure)}${said === "" ? " without saying why." : `: ${said}`}`, {
    kind,
    ...(failure.status === undefined ? {} : { status: failure.status }),
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    ...hintFor(kind, agent, model),
  });
}

const longestMessage = 500;
const mostLines = 5;

/** The last lines in one, without colours, a reset time in a form people read. */
function shorten(text: string): string {
  const lines = text
    // oxlint-disable-next-line no-control-regex
    .replaceAll(/\u001B\[[\d;]*[A-Za-z]/g, "")
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== "" && !/^(?:at |warning:)/i.test(line));
  const joined = lines
    .slice(-mostLines)
    .join(" ")
    .replace(/\|(\d{10})\b/, (_, seconds: string) => `; resets ${new Date(Number(seconds) * 1_000).toISOString()}`);
  return joined.length > longestMessage ? `${joined.slice(0, longestMessage)}…` : joined;
}

function endOf({ exitCode, signal }: AgentFailure): string {
  if (signal !== null) return `was ended by ${signal}`;
  return exitCode === null || exitCode === 0 ? "failed" : `failed with exit code ${String(exitCode)}`;
}

const words: readonly (readonly [BackendErrorKind, RegExp])[] = [
  [
    "quota",
    /usage limit|(?:session|weekly|daily|monthly|hit your) limit|hit your \w+ limit|daily quota|out of credits|credit balance|insufficient_quota|exceeded your current quota|billing/i,
  ],
  [
    "context-overflow",
    /prompt is too long|context.?(?:window|length)|maximum context|token count exceeds|too many (?:input )?tokens|input is too long/i,
  ],
  ["rate-limit", /rate.?limit|too many requests|resource.?(?:has been )?exhausted/i],
  [
    "auth",
    /not logged in|\/login\b|codex login|not signed in|unauthorized|unauthenticated|set an auth method|invalid auth method|invalid (?:api|x-api) ?-?key|token (?:has )?(?:expired|been revoked)|authentication/i,
  ],
  ["overloaded", /overloaded|at capacity|service unavailable|high demand/i],
  [
    "bad-request",
    /unknown (?:option|argument)|unexpected argument|unknown feature flag|issue with the selected model|model.{0,80}(?:not found|not supported|does not exist|may not exist)|is not found/i,
  ],
  [
    "connection",
    /ENOTFOUND|ECONNRE\w+|EAI_AGAIN|lookup address|connection (?:error|failed)|stream disconnected|network/i,
  ],
];

function kindOf(said: string, { status, exitCode }: AgentFailure): BackendErrorKind {
  const named = words.find(([, pattern]) => pattern.test(said))?.[0];
  if (named !== undefined) return named;
  if (status === 401 || status === 403 || exitCode === geminiAuthExit) return "auth";
  if (status === 402) return "quota";
  if (status === 429) return "rate-limit";
  if (status === 413) return "context-overflow";
  if (status === 503 || status === 529) return "overloaded";
  if (status === 408 || status === 504) return "timeout";
  return status !== undefined && status >= 400 && status < 500 ? "bad-request" : "server";
}

/** How Gemini CLI ends when nobody is signed in. */
const geminiAuthExit = 41;

/** How long it asks to wait, in milliseconds. */
function waitIn(said: string): number | undefined {
  const [, figure, unit] = /(?:again|retry) (?:in|after) (\d+(?:\.\d+)?) ?(ms|s|m)?/i.exec(said) ?? [];
  if (figure === undefined) return undefined;
  return Number(figure) * (unit === "ms" ? 1 : unit === "m" ? 60_000 : 1_000);
}

function hintFor(kind: BackendErrorKind, agent: Agent, model: string): { readonly hint?: string } {
  if (kind === "auth") return { hint: `${agent.signIn} Keys of the environment are not given to it.` };
  if (kind === "quota") {
    return { hint: "Wait until the limit of your subscription resets, or set another [llm] provider or model." };
  }
  if (kind === "context-overflow") {
    return { hint: "Lower [build] max_dependency_tokens, or set an [llm] model with a larger context." };
  }
  if (kind === "bad-request") {
    const named = model === "" ? "" : `Check [llm] model (${JSON.stringify(model)}). `;
    return { hint: `${named}An old version may lack an option: \`${agent.install}\` updates it.` };
  }
  if (kind === "server") return { hint: `\`${agent.command}\` by hand may say more.` };
  return {};
}
