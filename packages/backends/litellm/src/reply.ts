import { asList, asObject, asText, estimateUsage, type Answer } from "@jaunt/backend-kit";
import { BackendError, type GenerateRequest, type GenerateResponse, type Usage } from "@jaunt/core";
import { readUsage } from "./usage.ts";

/** Starts an empty answer to `request` from `model`. */
export function createReply(request: GenerateRequest, model: string): Answer {
  const texts: string[] = [];
  const refusals: string[] = [];
  let characters = 0;
  let finishReason: string | undefined;
  let usage: Usage | undefined;
  let answeredBy: string | undefined;
  let toolCalls = false;

  return {
    add(value) {
      const chunk = asObject(value);
      answeredBy ??= asText(chunk?.["model"]);
      usage = readUsage(chunk?.["usage"]) ?? usage;
      const choice = firstChoice(chunk?.["choices"]);
      const message = asObject(choice?.["delta"]) ?? asObject(choice?.["message"]);
      finishReason = asText(choice?.["finish_reason"]) ?? finishReason;
      const text = contentText(message?.["content"]);
      texts.push(text);
      characters += text.length;
      const refusal = asText(message?.["refusal"]);
      if (refusal !== undefined) refusals.push(refusal);
      toolCalls ||= asList(message?.["tool_calls"]).length > 0;
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
      if (text.trim() === "" && finish === "stop") throw emptyReply(toolCalls);
      return {
        text,
        channel: "text",
        finish,
        ...(finish === "refusal" ? { finishDetail: refusal === "" ? String(finishReason) : refusal } : {}),
        usage: usage ?? estimateUsage(request, characters),
        model: answeredBy ?? model,
      };
    },
  };
}

/** The one answer that was asked for, wherever it stands in the list. */
function firstChoice(choices: unknown): Readonly<Record<string, unknown>> | undefined {
  return asList(choices)
    .map(asObject)
    .find((choice) => choice !== undefined && (choice["index"] ?? 0) === 0);
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
  return reason === "length" || reason === "max_tokens" ? "length" : "stop";
}

function emptyReply(toolCalls: boolean): BackendError {
  return new BackendError(
    toolCalls
      ? "The model called a tool, and none was offered, in place of writing text."
      : "The model sent an empty answer.",
    { kind: "invalid-response" },
  );
}
