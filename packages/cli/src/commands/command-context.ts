import type { View } from "../render/view.ts";
import type { Services } from "../services.ts";
import type { Terminal } from "../terminal.ts";

/** What every command gets: the world, and how progress is shown. */
export interface CommandContext {
  readonly terminal: Terminal;
  readonly services: Services;
  readonly version: string;
  readonly progressView: View;
}
