import {
  JauntError,
  type Backend,
  type BackendError,
  type Candidate,
  type Case,
  type Diagnostic,
  type GenerateRequest,
  type GenerateResponse,
  type PromptPart,
  type TargetIo,
  type Target,
  type Usage,
} from "@jaunt/core";
import type { RunEvent } from "../events.ts";
import type { EarlierAttempt } from "../render/render-prompt.ts";
import { extractSource } from "./extract-source.ts";
import { blamesKept, spliced, type Spliced, type SplicePlan } from "./splice.ts";
import { addUsage, noUsage } from "./usage.ts";
import { blamesKeptSpec, isExampleFailure, noExamples, verifyExamples, type ExampleCount } from "./verify-examples.ts";

export interface AttemptLoop {
  /** All of the candidate but its body. */
  readonly candidate: Omit<Candidate, "body">;
  readonly target: Target;
  /** Examples that a reply has to pass once it has passed every check. */
  readonly cases: readonly Case[];
  readonly io: TargetIo;
  readonly backend: Backend;
  readonly model: string;
  readonly maxAttempts: number;
  readonly signal: AbortSignal;
  /** Present when only some specs are asked for. */
  readonly splice: SplicePlan | undefined;
  render(earlier: readonly EarlierAttempt[], splice: SplicePlan | undefined): readonly PromptPart[];
  emit(event: RunEvent): void;
  /** Errors that the module's surroundings have by now and had not before: a reply that fails for these is not at fault. */
  surroundings(): Promise<readonly Diagnostic[]>;
  /** Whether the reply to this request came from the cache. */
  isCached(request: GenerateRequest): boolean;
}

/** What all attempts came to. `requests` holds every request that got a reply. */
export interface AttemptResult {
  /** `unpaid`: the budget did not allow another call. */
  readonly outcome: "accepted" | "failed" | "interrupted" | "unpaid";
  readonly attempts: number;
  readonly usage: Usage;
  readonly requests: readonly GenerateRequest[];
  /** Of the last attempt: errors when it failed, remarks when it was accepted. */
  readonly diagnostics: readonly Diagnostic[];
  /** What was wrong, attempt by attempt. */
  readonly rejections: readonly (readonly Diagnostic[])[];
  /** One sentence for `failed`. */
  readonly message: string;
  /** Source of the last reply that held one; for `accepted`, what passed every check. */
  readonly body: string | undefined;
  readonly prompt: readonly PromptPart[] | undefined;
  /** The model that answered last, as the provider names it; empty before any answer. */
  readonly model: string;
  /** What stayed as it was, when `body` was joined from a reply and built code. */
  readonly spliced: Spliced | undefined;
  /** Of the accepted reply. */
  readonly examples: ExampleCount;
  /** True when it failed for something that no reply can mend, so that the reply may still be good. */
  readonly unjudged: boolean;
}

/** Reply tokens asked for at first; a reply that was cut off is asked for again with twice as many. */
export const firstOutputTokens: number = 16_384;
const mostOutputTokens = 65_536;

/**
 * Asks for a module until a reply passes every check: each time with the errors of the replies before. Ends early when a reply
 * repeats the errors of the last, when the model refuses, and when the fault is not the reply's.
 * @throws {JauntError} when no call can succeed: no backend, a refused key
 */
export async function runAttempts(loop: AttemptLoop): Promise<AttemptResult> {
  const state: State = {
    earlier: [],
    rejections: [],
    requests: [],
    usage: noUsage,
    outputTokens: firstOutputTokens,
    body: undefined,
    prompt: undefined,
    model: "",
    splice: loop.splice,
    spliced: undefined,
    examples: noExamples,
  };
  for (let attempt = 1; ; attempt += 1) {
    const step = await attemptOnce(loop, state, attempt);
    const last = attempt >= loop.maxAttempts;
    if (step.outcome !== "again" || last || step.repeated) {
      const { outcome, diagnostics } = step;
      const failed = outcome === "again" ? "failed" : outcome;
      const message = failed === "failed" ? failureMessage(loop, attempt, step) : "";
      return {
        outcome: failed,
        attempts: attempt,
        usage: state.usage,
        requests: state.requests,
        diagnostics,
        rejections: state.rejections,
        message,
        body: state.body,
        prompt: state.prompt,
        model: state.model,
        spliced: state.spliced,
        examples: state.examples,
        unjudged: step.unjudged === true,
      };
    }
  }
}

interface State {
  readonly earlier: EarlierAttempt[];
  readonly rejections: (readonly Diagnostic[])[];
  readonly requests: GenerateRequest[];
  usage: Usage;
  outputTokens: number;
  body: string | undefined;
  prompt: readonly PromptPart[] | undefined;
  model: string;
  /** Undefined once all of the module is asked for. */
  splice: SplicePlan | undefined;
  spliced: Spliced | undefined;
  examples: ExampleCount;
}

interface Step {
  readonly outcome: "accepted" | "again" | "failed" | "interrupted" | "unpaid";
  readonly diagnostics: readonly Diagnostic[];
  /** True when it failed just like the attempt before. */
  readonly repeated: boolean;
  /** True when it failed for something that no reply can mend. */
  readonly unjudged?: boolean;
}

async function attemptOnce(loop: AttemptLoop, state: State, attempt: number): Promise<Step> {
  const { candidate, emit, signal } = loop;
  const module = candidate.source.module.id;
  const prompt = loop.render(state.earlier, state.splice);
  state.prompt = prompt;
  const request: GenerateRequest = {
    label: module,
    attempt,
    prompt,
    model: loop.model,
    maxOutputTokens: state.outputTokens,
  };
  const promptCharacters = prompt.reduce((sum, part) => sum + part.text.length, 0);
  emit({ type: "attempt-start", module, attempt, maxAttempts: loop.maxAttempts, promptCharacters });
  const onProgress = ({ outputCharacters }: { readonly outputCharacters: number }): void =>
    emit({ type: "attempt-progress", module, attempt, outputCharacters });
  let usage = noUsage;
  const end = (step: Step): Step => {
    if (step.outcome !== "accepted") state.rejections.push(step.diagnostics);
    emit({
      type: "attempt-end",
      module,
      attempt,
      accepted: step.outcome === "accepted",
      cached: loop.isCached(request),
      usage,
      diagnostics: step.diagnostics,
    });
    return step;
  };
  let response: GenerateResponse;
  try {
    response = await unlessAborted(loop.backend.generate(request, { signal, onProgress }), signal);
  } catch (error) {
    return end(judgeError(error, signal));
  }
  state.requests.push(request);
  state.model = response.model;
  usage = loop.isCached(request) ? noUsage : response.usage;
  state.usage = addUsage(state.usage, usage);
  try {
    return end(await unlessAborted(judgeResponse(loop, state, response), signal));
  } catch (error) {
    if (!signal.aborted) throw error;
    return end({ outcome: "interrupted", diagnostics: [], repeated: false });
  }
}

/** Settles like `promise`, but rejects at once on abort, whether or not what runs behind it listens. */
async function unlessAborted<Value>(promise: Promise<Value>, signal: AbortSignal): Promise<Value> {
  let onAbort: (() => void) | undefined;
  const aborted = new Promise<never>((_resolve, reject) => {
    onAbort = () => reject(new Error("aborted"));
    if (signal.aborted) onAbort();
    else signal.addEventListener("abort", onAbort, { once: true });
  });
  try {
    return await Promise.race([promise, aborted]);
  } finally {
    if (onAbort !== undefined) signal.removeEventListener("abort", onAbort);
  }
}

function judgeError(error: unknown, signal: AbortSignal): Step {
  if (signal.aborted) return { outcome: "interrupted", diagnostics: [], repeated: false };
  const kind = JauntError.isInstance(error) && "kind" in error ? (error as BackendError).kind : undefined;
  if (!JauntError.isInstance(error) || kind === undefined || kind === "auth") throw error;
  const { message, hint } = error;
  return {
    outcome: kind === "budget" ? "unpaid" : "failed",
    diagnostics: [{ code: `backend/${kind}`, severity: "error", message, ...(hint === undefined ? {} : { hint }) }],
    repeated: false,
  };
}

async function judgeResponse(loop: AttemptLoop, state: State, response: GenerateResponse): Promise<Step> {
  const { source } = loop.candidate;
  const file = `${source.module.id}.reply.md`;
  if (response.finish === "refusal") {
    const message = `The model refused to answer${response.finishDetail === undefined ? "" : `: ${response.finishDetail}`}.`;
    return {
      outcome: "failed",
      diagnostics: [
        { code: "reply/refusal", severity: "error", message, file, hint: "Reword the spec, or use another model." },
      ],
      repeated: false,
    };
  }
  if (response.finish === "length") {
    const most = state.outputTokens >= mostOutputTokens;
    const message = `The reply was cut off at ${state.outputTokens} tokens.`;
    const diagnostics: readonly Diagnostic[] = [
      { code: "reply/truncated", severity: "error", message, file, hint: "Split the module into smaller ones." },
    ];
    state.outputTokens = Math.min(state.outputTokens * 2, mostOutputTokens);
    // Half a file is never shown to the model again: it would be continued, not corrected.
    return { outcome: most ? "failed" : "again", diagnostics, repeated: false };
  }
  const extracted = extractSource(response, file, {
    names: state.splice?.asked ?? source.module.specs.map(({ name }) => name),
    declares: (text) => loop.target.declares?.(text),
  });
  if (extracted.diagnostics.length > 0) return refuse(state, response.text, extracted.diagnostics);
  const joined = state.splice?.join(extracted.source);
  if (joined !== undefined && hasError(joined.diagnostics)) return refuse(state, extracted.source, joined.diagnostics);
  const body = joined?.body ?? extracted.source;
  state.body = body;
  const diagnostics = await proveCandidate(loop, state, body);
  const needs = extracted.needs.map((need): Diagnostic => ({
    code: "advice/needs",
    severity: "info",
    message: `The model missed something: ${need}`,
    file: source.module.path,
  }));
  if (!hasError(diagnostics)) {
    if (state.splice !== undefined && joined !== undefined) state.spliced = spliced(state.splice, joined);
    return { outcome: "accepted", diagnostics: [...diagnostics, ...needs], repeated: false };
  }
  if (
    diagnostics.some(
      ({ severity, file: place, code }) =>
        severity === "error" &&
        ((place === source.module.path && !isExampleFailure(code)) || code.startsWith("internal/")),
    )
  ) {
    return { outcome: "failed", diagnostics, repeated: false };
  }
  const around = await loop.surroundings();
  if (hasError(around)) return { outcome: "failed", diagnostics: around, repeated: false, unjudged: true };
  const step = refuse(state, body, diagnostics);
  const isStuck =
    step.repeated ||
    blamesKeptSpec(diagnostics, loop.cases, state.splice?.kept ?? []) ||
    (joined !== undefined && blamesKept(diagnostics, source.module.path, joined));
  return joined !== undefined && isStuck ? askForAll(state, diagnostics) : step;
}

/** Code that was to stay does not go with the new code: all of the module is asked for, as if for the first time. */
function askForAll(state: State, diagnostics: readonly Diagnostic[]): Step {
  state.splice = undefined;
  state.earlier.length = 0;
  return { outcome: "again", diagnostics, repeated: false };
}

/** All checks, and behind them the examples. */
async function proveCandidate(loop: AttemptLoop, state: State, body: string): Promise<readonly Diagnostic[]> {
  const diagnostics = await checkCandidate(loop, body);
  if (hasError(diagnostics)) return diagnostics;
  const run = await verifyExamples(loop.target, { ...loop.candidate, body }, loop.cases, loop.io);
  state.examples = { passed: run.passed, notRun: run.skipped };
  return [...diagnostics, ...run.diagnostics];
}

async function checkCandidate(
  { candidate, target, io, signal }: AttemptLoop,
  body: string,
): Promise<readonly Diagnostic[]> {
  try {
    return await target.check({ ...candidate, body }, io);
  } catch (error) {
    // A checker that fails is no fault of the reply, and asking again would cost money for nothing.
    if (signal.aborted || JauntError.isInstance(error)) throw error;
    const message = `Checking this module failed: ${error instanceof Error ? error.message : String(error)}`;
    return [
      {
        code: "internal/check",
        severity: "error",
        message,
        file: candidate.source.module.path,
        hint: "This is a bug in Jaunt or in a plug-in; please report it.",
      },
    ];
  }
}

function refuse(state: State, source: string, diagnostics: readonly Diagnostic[]): Step {
  const before = state.earlier.at(-1);
  const repeated = before !== undefined && fingerprint(before.diagnostics) === fingerprint(diagnostics);
  state.earlier.push({ source, diagnostics });
  return { outcome: "again", diagnostics, repeated };
}

/** Places move when code around an error changes; what the errors say does not. */
function fingerprint(diagnostics: readonly Diagnostic[]): string {
  const errors = diagnostics.filter(({ severity }) => severity === "error");
  return JSON.stringify(
    errors
      .map(({ code, message }) => [code, message])
      .sort((left, right) => (left.join(" ") < right.join(" ") ? -1 : 1)),
  );
}

function hasError(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some(({ severity }) => severity === "error");
}

function failureMessage(
  { maxAttempts, candidate }: AttemptLoop,
  attempts: number,
  { diagnostics, repeated, unjudged }: Step,
): string {
  const first = diagnostics.find(({ severity }) => severity === "error");
  const why = first === undefined ? "" : ` ${first.message}`;
  if (unjudged === true)
    return `${candidate.source.module.id} could not be checked: its spec file has errors since the build began. The reply is kept.${why}`;
  const count = attempts === 1 ? "1 attempt" : `${attempts} attempts`;
  const early = repeated && attempts < maxAttempts ? ", the last of which repeated the same errors" : "";
  return `${candidate.source.module.id} failed to build after ${count}${early}.${why}`;
}
