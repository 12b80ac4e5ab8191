import type { GenerateResponse } from "@jaunt/core";
import { asObject, asText, parseJson } from "./json.ts";

/** The text of an answer with its channel. */
export type AnswerText = Pick<GenerateResponse, "text" | "channel">;

/**
 * What a model handed over as `{ "source": … }`. Where it wrote something else all the same, a fence in most cases, that is a text
 * answer: it may hold the source yet, and if not, the next attempt hears of it.
 */
export function sourceOfJson(text: string): AnswerText {
  const source = asText(asObject(decoded(text))?.["source"]);
  return source === undefined ? { text, channel: "text" } : bareSource(source);
}

/** The value of a JSON document, out of a fence around all of it, and out of a string when it was encoded twice. */
function decoded(text: string): unknown {
  const value = parseJson(/^\s*```(?:json)?\n([^]*)\n```\s*$/i.exec(text)?.[1] ?? text);
  return typeof value === "string" ? parseJson(value) : value;
}

/** Source handed over outside of prose. One that comes in a fence all the same is a text answer with a fence. */
export function bareSource(source: string): AnswerText {
  return { text: source, channel: /^\s*(?:`{3,}|~{3,})/.test(source) ? "text" : "source" };
}
