/** Exit codes of the `jaunt` binary. */
export type ExitCode = 1 | 2 | 3 | 4 | 130;

export interface JauntErrorOptions {
  /** Stable kebab-case identifier, for example `config-unknown-key`. */
  readonly code: string;
  /** What to do about it, in one or two sentences. */
  readonly hint?: string;
  readonly exitCode: ExitCode;
  readonly cause?: unknown;
}

const marker: symbol = Symbol.for("jaunt.error");

/** A problem that stops a run. Problems that do not stop it are `Diagnostic` data instead. */
export class JauntError extends Error {
  override readonly name: string = "JauntError";
  readonly code: string;
  readonly hint: string | undefined;
  readonly exitCode: ExitCode;

  constructor(message: string, options: JauntErrorOptions) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = options.code;
    this.hint = options.hint;
    this.exitCode = options.exitCode;
    Object.defineProperty(this, marker, { value: true });
  }

  /** True for errors of any copy of this package, where `instanceof` would fail. */
  static isInstance(value: unknown): value is JauntError {
    return typeof value === "object" && value !== null && (value as Record<symbol, unknown>)[marker] === true;
  }
}
