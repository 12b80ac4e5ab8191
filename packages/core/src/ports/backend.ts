import { JauntError } from "../errors.ts";
import type { BatchBackend } from "./batch.ts";

/** One piece of a prompt. Pieces are ordered from what never changes to what always does. */
export interface PromptPart {
  /** Kebab-case name of the piece, for dumps and estimates: `rules`, `dependency-contracts`. */
  readonly name: string;
  readonly role: "system" | "user";
  /** `project`: byte-equal for every module of a build. `module`: for every attempt of a module. `attempt`: differs. */
  readonly stability: "project" | "module" | "attempt";
  readonly text: string;
}

export interface GenerateRequest {
  /** What this is about, for logs and recordings, usually a module id. Never shown to the model. */
  readonly label: string;
  /** From 1. */
  readonly attempt: number;
  readonly prompt: readonly PromptPart[];
  /** Empty string: the backend's default. */
  readonly model: string;
  /** Upper limit on reply tokens. */
  readonly maxOutputTokens: number;
}

/** Tokens of one call. `input` excludes `cacheRead` and `cacheWrite`; `output` includes `reasoning`. */
export interface Usage {
  readonly input: number;
  readonly cacheRead: number;
  readonly cacheWrite: number;
  readonly output: number;
  readonly reasoning: number;
  /** True when the provider sent no usage and the figures are estimates. */
  readonly estimated?: boolean;
}

export interface GenerateResponse {
  readonly text: string;
  /** `text`: source is in a fence and must be extracted. `source`: the text is the source itself. */
  readonly channel: "text" | "source";
  /** `length`: cut off by a token limit, never to be repaired. */
  readonly finish: "stop" | "length" | "refusal";
  /** For a refusal, what the provider said of it. */
  readonly finishDetail?: string;
  readonly usage: Usage;
  /** The model that answered, as the provider names it. */
  readonly model: string;
}

export interface Progress {
  readonly outputCharacters: number;
}

/** One sentence on what is wrong, and one on what to do. */
export interface BackendWarning {
  readonly message: string;
  readonly hint: string;
}

export interface GenerateOptions {
  readonly signal: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
  /** Told of what is wrong with an answer, or with how it came about, though it is one. */
  readonly onWarning?: (warning: BackendWarning) => void;
}

export interface BackendFacts {
  readonly defaultModel: string;
  readonly models?: readonly string[];
}

/** Calls a model: a rendered prompt in, text and usage out. Knows no specs, files, retries or caches. */
export interface Backend {
  readonly apiVersion: 1;
  /** The provider's name as in the config, used in headers. */
  readonly name: string;
  /** @throws {BackendError} for every failure of provider, network or recording */
  generate(request: GenerateRequest, options: GenerateOptions): Promise<GenerateResponse>;
  describe?(): Promise<BackendFacts>;
  /** Present where the provider keeps prefixes of prompts, so that the first call of a shared one should go alone. */
  readonly keepsPrefixes?: true;
  /** Present where the provider takes batches. */
  readonly batch?: BatchBackend;
}

export type BackendErrorKind =
  | "auth"
  | "quota"
  | "rate-limit"
  | "overloaded"
  | "server"
  | "connection"
  | "timeout"
  | "bad-request"
  | "context-overflow"
  | "invalid-response"
  | "no-recording"
  | "budget"
  | "aborted";

export interface BackendErrorOptions {
  readonly kind: BackendErrorKind;
  readonly hint?: string;
  /** HTTP status, when there was one. */
  readonly status?: number;
  /** What the server asked to wait, in milliseconds. */
  readonly retryAfterMs?: number;
  /** Overrules what the kind says, for example for a sign-in page in place of an answer. */
  readonly retryable?: boolean;
  readonly cause?: unknown;
}

const retryableKinds: ReadonlySet<BackendErrorKind> = new Set([
  "rate-limit",
  "overloaded",
  "server",
  "connection",
  "timeout",
  "invalid-response",
]);

/** A failed model call. `retryable` says whether asking again unchanged may help. */
export class BackendError extends JauntError {
  override readonly name: string = "BackendError";
  readonly kind: BackendErrorKind;
  readonly status: number | undefined;
  readonly retryAfterMs: number | undefined;
  readonly retryable: boolean;

  constructor(message: string, options: BackendErrorOptions) {
    super(message, {
      code: `backend-${options.kind}`,
      exitCode: options.kind === "aborted" ? 130 : options.kind === "auth" ? 2 : 3,
      cause: options.cause,
      ...(options.hint === undefined ? {} : { hint: options.hint }),
    });
    this.kind = options.kind;
    this.status = options.status;
    this.retryAfterMs = options.retryAfterMs;
    this.retryable = options.retryable ?? retryableKinds.has(options.kind);
  }
}

/** What a backend package's `createBackend(setup)` receives: resolved values, never names of environment variables. */
export interface BackendSetup {
  /** Provider name as in the config: `litellm`, or a plug-in's module specifier. */
  readonly provider: string;
  readonly model: string;
  readonly apiKey: string | undefined;
  readonly baseUrl: string;
  /** `auto`, `text`, `tool` or `json`. */
  readonly output: string;
  /** Limit on one call, connect to last byte, in milliseconds. */
  readonly timeoutMs: number;
  /** Absolute native path of the folder of recordings, for backends that play them. */
  readonly recordings: string;
  /** The environment of the command, for backends that start programs: they hand on what those need and no key. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
}

/** What a machine has of the program that a backend drives. */
export interface ProgramFacts {
  /** Its name on the PATH. */
  readonly command: string;
  readonly installed: boolean;
  /** Undefined when it does not tell. */
  readonly version: string | undefined;
  /** Whether somebody seems to be signed in. */
  readonly signedIn: boolean;
  /** The line that installs it. */
  readonly install: string;
  /** What signs in, as an order to a person. */
  readonly signIn: string;
}

/** The named exports of a backend package. */
export interface BackendPlugin {
  createBackend(setup: BackendSetup): Backend | Promise<Backend>;
  /** Environment variables that may hold its key, first set wins; empty when it needs none. */
  readonly keyEnvironment: readonly string[];
  /** Whether a call without a key can work with this setup. */
  keyRequired(setup: Omit<BackendSetup, "apiKey">): boolean;
  /** Present where it drives a program of this machine: looks for it without a model call, for `auto` and `doctor`. */
  inspect?(setup: Omit<BackendSetup, "apiKey">): Promise<ProgramFacts>;
}
