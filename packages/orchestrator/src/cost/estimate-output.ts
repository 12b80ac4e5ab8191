import type { SpecSource } from "@jaunt/core";
import { estimateTokens } from "../render/estimate-tokens.ts";

/** What a reply is to hold. */
export interface ExpectedReply {
  readonly source: SpecSource;
  /** The module as it is built now, without its header; undefined before a first build. */
  readonly previous: string | undefined;
  /** Names of the specs that are asked for; undefined for all. */
  readonly asked: readonly string[] | undefined;
}

/** Tokens of a first reply for each token of its spec file: of the recorded replies of the examples one in ten was longer. */
const tokensPerSpecToken = 1.5;

/**
 * About how many tokens a reply will have: as many as the module has now, else one and a half times those of its spec file; of which,
 * when only some specs are asked for, the share that their stubs have of all stubs.
 */
export function estimateOutputTokens({ source, previous, asked }: ExpectedReply): number {
  const whole = previous === undefined ? estimateTokens(source.text) * tokensPerSpecToken : estimateTokens(previous);
  if (asked === undefined) return Math.ceil(whole);
  const sizes = source.module.specs.map(({ name, spans }) => ({
    name,
    size: spans.reduce((sum, { start, end }) => sum + end - start, 0),
  }));
  const all = sizes.reduce((sum, { size }) => sum + size, 0);
  const part = sizes.reduce((sum, { name, size }) => (asked.includes(name) ? sum + size : sum), 0);
  return all === 0 ? 0 : Math.ceil((whole * part) / all);
}
