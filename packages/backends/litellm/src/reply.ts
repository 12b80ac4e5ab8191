import {
  asList,
  asObject,
  asObjects,
  asText,
  estimateUsage,
  sourceOfJson,
  type Answer,
  type AnswerText,
} from "@jaunt/backend-kit";
import { BackendError, type GenerateRequest, type GenerateResponse, type Usage } from "@jaunt/core";
import { toolName, type Dialect } from "./request.ts";
import { readUsage } from "./usage.ts";

/** Starts an empty answer to `request` from `model`. */
export function createReply(request: GenerateRequest, model: string, channel: Dialect["channel"]): Answer {
  const texts: string[] = [];
  const refusals: string[] = [];
  const calls = new Map<number, ToolCall>();
  let characters = 0;
  let finishReason: string | undefined;
  let usage: Usage | undefined;
  let answeredBy: string | undefined;

  function addCall(value: Json, index: number): void {
    const call = asObject(value["function"]) ?? value;
    const known = calls.get(index) ?? { name: "", input: [] };
    const input = argumentsText(call["arguments"]);
    characters += input.length;
    calls.set(index, { name: asText(call["name"]) ?? known.name, input: [...known.input, input] });
  }

  return {
    add(value) {
      const chunk = asObject(value);
      answeredBy ??= asText(chunk?.["model"]);
      usage = readUsage(chunk?.["usage"]) ?? usage;
      const choice = firstChoice(chunk?.["choices"]);
      const message = asObject(choice?.["delta"]) ?? asObject(choice?.["message"]);
      finishReason = asText(choice?.["finish_reason"]) ?? finishReason;
      // What a model thinks comes in fields of its own, `reasoning_content` or `reasoning`, and is no part of the answer.
      const text = contentText(message?.["content"]);
      texts.push(text);
      characters += text.length;
      const refusal = asText(message?.["refusal"]);
      if (refusal !== undefined) refusals.push(refusal);
      for (const [place, call] of asObjects(message?.["tool_calls"]).entries()) {
        addCall(call, typeof call["index"] === "number" ? call["index"] : place);
      }
      const legacy = asObject(message?.["function_call"]);
      if (legacy !== undefined) addCall(legacy, 0);
    },
    refuse(detail) {
      refusals.push(detail);
      finishReason = "refusal";
    },
    outputCharacters: () => characters,
    ended: () => finishReason !== undefined,
    finish() {
      const text = texts.join("");
      const refusal = refusals.join("");
      const finish = finishOf(finishReason, refusal);
      return {
        ...(finish === "stop" ? accept(text, [...calls.values()], channel) : { text, channel: "text" }),
        finish,
        ...(finish === "refusal" ? { finishDetail: refusal === "" ? String(finishReason) : refusal } : {}),
        usage: usage ?? estimateUsage(request, characters),
        model: answeredBy ?? model,
      };
    },
  };
}

type Json = Readonly<Record<string, unknown>>;

interface ToolCall {
  readonly name: string;
  /** Pieces of its arguments as JSON, in order. */
  readonly input: readonly string[];
}

/** Arguments are JSON as text; some servers send the object itself. */
function argumentsText(value: unknown): string {
  return typeof value === "object" && value !== null ? JSON.stringify(value) : (asText(value) ?? "");
}

/** The one answer that was asked for, wherever it stands in the list. */
function firstChoice(choices: unknown): Json | undefined {
  return asObjects(choices).find((choice) => (choice["index"] ?? 0) === 0);
}

/** Content is a string, or a list of parts of which only texts are text. */
function contentText(content: unknown): string {
  if (typeof content === "string") return content;
  return asList(content)
    .map((part) => asText(asObject(part)?.["text"]) ?? "")
    .join("");
}

/** A reason nobody knows yet is taken for a stop: whether the text is whole is for the checks to say. */
function finishOf(reason: string | undefined, refusal: string): GenerateResponse["finish"] {
  if (refusal !== "" || reason === "content_filter" || reason === "refusal") return "refusal";
  if (reason === "error") {
    throw new BackendError("The provider broke the answer off with an error that it does not name.", {
      kind: "server",
    });
  }
  return reason === "length" || reason === "max_tokens" ? "length" : "stop";
}

/** The source by whatever channel it came, when it is clear which one is meant. */
function accept(text: string, calls: readonly ToolCall[], channel: Dialect["channel"]): AnswerText {
  const [call, ...more] = channel === "tool" ? calls.filter(({ name }) => name === toolName) : [];
  if (more.length > 0) {
    throw invalid("The model called the tool more than once; which source is meant cannot be known.");
  }
  if (call !== undefined) {
    const input = call.input.join("");
    if (input.trim() !== "") return sourceOfJson(input);
  }
  if (text.trim() !== "") return channel === "json" ? sourceOfJson(text) : { text, channel: "text" };
  throw invalid(
    calls.length > (call === undefined ? 0 : 1)
      ? "The model called a tool that was not offered in place of writing text."
      : "The model sent an empty answer.",
  );
}

function invalid(message: string): BackendError {
  return new BackendError(message, { kind: "invalid-response" });
}
