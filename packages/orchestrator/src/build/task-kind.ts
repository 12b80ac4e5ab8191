/** `generate` asks the model; `verify` first sees whether what is built still passes, and asks only when it does not. */
export type TaskKind = "generate" | "verify";
