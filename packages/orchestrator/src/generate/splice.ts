import type { Diagnostic, Splice } from "@jaunt/core";
import { estimateTokens } from "../render/estimate-tokens.ts";

/** A question about some specs of a module; the built code of the others stays byte for byte. */
export interface SplicePlan {
  /** Names of the specs to write anew; none when the rest can do without an answer. */
  readonly asked: readonly string[];
  readonly kept: readonly string[];
  /** The whole module around a reply. */
  join(reply: string): Splice;
}

/** What it saved to ask only for some specs of a module. */
export interface Spliced {
  readonly asked: readonly string[];
  readonly kept: readonly string[];
  /** Estimated tokens of the code that did not have to be written again. */
  readonly savedOutputTokens: number;
}

/** What stayed of a module that was joined. */
export function spliced({ asked, kept }: SplicePlan, { body, written }: Splice): Spliced {
  const stayed = [...written, { start: body.length, end: body.length }].reduce(
    ({ text, at }, { start, end }) => ({ text: text + body.slice(at, start), at: end }),
    { text: "", at: 0 },
  );
  return { asked, kept, savedOutputTokens: estimateTokens(stayed.text.trim()) };
}

/** Whether an error lies in code that the reply did not write: then no answer for the asked specs alone can mend it. */
export function blamesKept(diagnostics: readonly Diagnostic[], specPath: string, { written }: Splice): boolean {
  return diagnostics.some(({ severity, file, start }) => {
    // What is said of the spec or of the text as a whole may well be the reply's fault.
    if (severity !== "error" || file === specPath || start === undefined || start.offset === 0) return false;
    if (file?.includes(".reply.") !== true) return true;
    return !written.some((span) => start.offset >= span.start && start.offset <= span.end);
  });
}
