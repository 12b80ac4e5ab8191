/** Bounds of a run, in milliseconds. */
export interface SuiteLimits {
  /** Of one test; only for runners that have no such limit of their own. */
  readonly test: number;
  /** Of one file of `node:test`. */
  readonly file: number;
  /** Without any sign from vitest, beyond what it allows a test. */
  readonly quiet: number;
  /** Of a whole run of vitest. */
  readonly run: number;
}
