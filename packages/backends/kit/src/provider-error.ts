import { BackendError, type BackendErrorKind } from "@jaunt/core";
import { asList, asObject, asText, parseJson } from "./json.ts";

/** What a provider said went wrong, from an error status, from a 200 with an error in it, or from the middle of a stream. */
export interface ProviderError {
  /** HTTP status; that of the error's own `code` when a gateway put the error into a 200. */
  readonly status: number;
  /** In one line, keys redacted, of bounded length. */
  readonly message: string;
  /** Everything that names the error: `code`, `type`, `param` and the message, for matching. */
  readonly signs: string;
}

export interface ErrorContext {
  /** Where the request went, for messages. */
  readonly endpoint: string;
  readonly model: string;
  /** Variables that may hold the key, for hints. */
  readonly keyVariables: readonly string[];
  readonly retryAfterMs?: number | undefined;
  /** Whether the server said that asking again is of no use, whatever the status. */
  readonly forbidsRetry?: boolean;
}

const longestMessage = 500;

/** Reads an error body of any of the shapes in use; `clean` redacts keys from it. */
export function readProviderError(status: number, body: string, clean: (text: string) => string): ProviderError {
  const value = parseJson(body);
  return value === undefined ? describe(status, describeText(body), "", clean) : readErrorValue(status, value, clean);
}

/** Reads an error that was parsed already: `{ error: { message } }`, `{ error: "…" }`, `{ detail }` or `{ message }`. */
export function readErrorValue(status: number, value: unknown, clean: (text: string) => string): ProviderError {
  // Gemini wraps its error in a list.
  const outer = asObject(value) ?? asObject(asList(value)[0]);
  const error = asObject(outer?.["error"]) ?? outer ?? {};
  const detail = outer?.["detail"];
  const message =
    asText(error["message"]) ??
    asText(outer?.["error"]) ??
    asText(detail) ??
    asText(asObject(asList(detail)[0])?.["msg"]) ??
    JSON.stringify(value);
  const code = error["code"];
  const inner = asObject(error["innererror"]) ?? asObject(error["metadata"]) ?? asObject(error["details"]);
  const names = [code, error["type"], error["param"], inner === undefined ? "" : JSON.stringify(inner)].filter(
    (name) => typeof name === "string",
  );
  return describe(statusOf(code) ?? status, message, names.join(" "), clean);
}

/** A provider's error as the port knows errors. */
export function classifyError(error: ProviderError, context: ErrorContext): BackendError {
  const { endpoint, retryAfterMs, forbidsRetry = false } = context;
  const kind = kindOf(error);
  const said = error.message === "" ? "without saying why" : error.message;
  return new BackendError(`${endpoint} answered ${String(error.status)}: ${said}`, {
    kind,
    status: error.status,
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    ...(forbidsRetry ? { retryable: false } : {}),
    ...hintFor(kind, error, context),
  });
}

/** Whether the provider refused the content and not the call. */
export function isContentRefusal({ signs }: ProviderError): boolean {
  return /content_filter|content_policy|bio_policy|content management policy|ContentPolicyViolation|ResponsibleAIPolicy|flagged_input/i.test(
    signs,
  );
}

function describe(status: number, message: string, names: string, clean: (text: string) => string): ProviderError {
  const line = clean(message).replaceAll(/\s+/g, " ").trim();
  const short = line.length > longestMessage ? `${line.slice(0, longestMessage)}…` : line;
  return { status, message: short, signs: `${names} ${line.slice(0, 10_000)}` };
}

/** The title says all that a page of HTML has to say. */
function describeText(body: string): string {
  if (!/^\s*</.test(body)) return body;
  const title = /<title[^>]*>([^<]*)<\/title>/i.exec(body)?.[1]?.trim();
  return title === undefined ? "a page of HTML" : `a page of HTML, “${title}”`;
}

/** Gateways put the status of the provider behind them into `code`, as a number or as digits. */
function statusOf(code: unknown): number | undefined {
  const number = typeof code === "string" && /^\d{3}$/.test(code) ? Number(code) : code;
  return typeof number === "number" && number >= 400 && number < 600 ? number : undefined;
}

const overflow =
  /context_length_exceeded|ContextWindowExceeded|maximum context length|context (?:window|length|size) (?:of|is|exceeded|limit)|(?:than|exceeds?) the context (?:window|length|size)|exceeds? (?:the )?(?:model's |maximum |available )*context|prompt is too long|too many (?:input )?tokens|input is too long|string_above_max_length/i;

/** By what the provider says first, for one status covers several causes, then by the status. */
function kindOf({ status, signs }: ProviderError): BackendErrorKind {
  if (
    status === 402 ||
    /insufficient_quota|billing_(?:hard_limit|not_active)|credit balance|exceeded your current quota|budget_exceeded|ExceededBudget|billing_error|spend_limit_reached/i.test(
      signs,
    )
  ) {
    return "quota";
  }
  // A rate limit on tokens may speak of too many tokens too.
  if (status === 429) return "rate-limit";
  if (status === 413 || overflow.test(signs)) return "context-overflow";
  if (status === 401 || status === 403) return "auth";
  if (status === 408 || status === 504) return "timeout";
  if (status === 409 || status === 425) return "server";
  if (status === 503 || status === 529) return "overloaded";
  if (status >= 500) return "server";
  if (status >= 300) return "bad-request";
  return kindOfNames(signs);
}

/** For errors that came in a 200 and carry no status of their own. */
function kindOfNames(signs: string): BackendErrorKind {
  if (/rate_?limit/i.test(signs)) return "rate-limit";
  if (/overloaded/i.test(signs)) return "overloaded";
  if (/authentication|invalid_api_key|permission/i.test(signs)) return "auth";
  if (/timeout/i.test(signs)) return "timeout";
  if (/invalid_request|invalid_prompt|model_not_found|not_found/i.test(signs)) return "bad-request";
  return "server";
}

function hintFor(
  kind: BackendErrorKind,
  { status, signs }: ProviderError,
  { model, keyVariables }: ErrorContext,
): { readonly hint?: string } {
  if (kind === "auth") {
    return {
      hint: `Check the key in ${keyVariables.join(" or ")}, or in the variable that [llm] api_key_env names.`,
    };
  }
  if (kind === "quota")
    return { hint: "The account has no credit left for this call: top it up, or set another [llm] provider or model." };
  if (kind === "context-overflow")
    return { hint: "Lower [build] max_dependency_tokens, or set an [llm] model with a larger context." };
  if (
    status === 404 ||
    /model_not_found|not_found_error|model.{0,80}(?:does not exist|retired|deprecated)/i.test(signs)
  )
    return {
      hint: `Check [llm] model (${JSON.stringify(model)}): it may be misspelt, retired, or not open to this key. Check [llm] base_url too.`,
    };
  if (status >= 300 && status < 400)
    return {
      hint: "Set [llm] base_url to the address it redirects to: Jaunt sends no prompt to another place than the one configured.",
    };
  if (kind === "bad-request" && /unsupported|not supported|not permitted|unknown parameter|unrecognized/i.test(signs))
    return {
      hint: `The model ${JSON.stringify(model)} or its endpoint does not accept a part of the request: set another [llm] model, or [llm] output = "text".`,
    };
  return {};
}
