import type { Position } from "@jaunt/core";

/** Files to type-check in one tsconfig, some of them in memory only. All paths posix, relative to the root. */
export interface CompileRequest {
  /** Empty when no tsconfig includes the files: then strict defaults for ES modules hold. */
  readonly tsconfig: string;
  /** The files whose problems are wanted. */
  readonly files: readonly string[];
  /** Texts that stand for files on disk, existing or not. */
  readonly overlay: ReadonlyMap<string, string>;
}

/** An error of the TypeScript compiler in one of the files asked for. */
export interface CompilerProblem {
  /** The number behind `TS`. */
  readonly code: number;
  /** The whole message; nested parts are indented lines, as `tsc` prints them. */
  readonly message: string;
  readonly file: string;
  readonly start: Position;
  readonly end: Position;
  /** What the compiler leaves out, for example the full list of missing properties. */
  readonly hint?: string;
}
