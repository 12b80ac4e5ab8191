export { runCli } from "./run-cli.ts";
export type { Services } from "./services.ts";
export type { Terminal, TerminalInput, TerminalOutput } from "./terminal.ts";
