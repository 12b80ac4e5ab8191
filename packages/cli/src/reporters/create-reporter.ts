import type { View } from "../render/view.ts";
import { allowsEscapes, isContinuousIntegration, type Terminal } from "../terminal.ts";
import { createLiveReporter } from "./live-reporter.ts";
import { createLogReporter } from "./log-reporter.ts";
import type { Reporter } from "./reporter.ts";

/** Live on a screen that a person watches, else a plain log; always on standard error. */
export function createReporter(terminal: Terminal, view: View): Reporter {
  const { stderr, env, now } = terminal;
  const isLive = allowsEscapes(stderr, env) && !isContinuousIntegration(env);
  return isLive ? createLiveReporter(stderr, view, now) : createLogReporter(stderr, view);
}
