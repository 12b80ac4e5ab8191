import { asList, asObject, asText, estimateUsage, sourceOfJson, type Answer } from "@jaunt/backend-kit";
import { BackendError, type GenerateRequest, type GenerateResponse } from "@jaunt/core";
import type { RequestForm } from "./request.ts";
import { mergeUsage, normaliseUsage, type WireUsage } from "./usage.ts";

/** Starts an empty answer to `request` from `model`. Takes the events of a stream, or one message as a document. */
export function createAnswer(request: GenerateRequest, model: string, channel: RequestForm["channel"]): Answer {
  const texts: string[] = [];
  let characters = 0;
  let usage: WireUsage = {};
  let answeredBy: string | undefined;
  let stopReason: string | undefined;
  let refusal: string | undefined;
  let stopped = false;
  let toolCall = false;

  function addText(text: string): void {
    texts.push(text);
    characters += text.length;
  }

  /** Blocks are told by their type: thinking comes before text, and new kinds come with new models. */
  function addBlock(value: unknown): void {
    const block = asObject(value);
    if (block?.["type"] === "text") addText(asText(block["text"]) ?? "");
    toolCall ||= block?.["type"] === "tool_use";
  }

  function addMessage(value: unknown): void {
    const message = asObject(value);
    answeredBy ??= asText(message?.["model"]);
    usage = mergeUsage(usage, message?.["usage"]);
    for (const block of asList(message?.["content"])) addBlock(block);
    addStop(message);
  }

  function addStop(value: unknown): void {
    const part = asObject(value);
    stopReason = asText(part?.["stop_reason"]) ?? stopReason;
    const details = asObject(part?.["stop_details"]);
    refusal ??= describeRefusal(asText(details?.["category"]), asText(details?.["explanation"]));
  }

  return {
    add(value) {
      const event = asObject(value);
      switch (event?.["type"]) {
        case "message":
          addMessage(event);
          break;
        case "message_start":
          addMessage(event["message"]);
          break;
        case "content_block_start":
          addBlock(event["content_block"]);
          break;
        case "content_block_delta": {
          const delta = asObject(event["delta"]);
          if (delta?.["type"] === "text_delta") addText(asText(delta["text"]) ?? "");
          break;
        }
        case "message_delta":
          usage = mergeUsage(usage, event["usage"]);
          addStop(event["delta"]);
          break;
        case "message_stop":
          stopped = true;
          break;
        default:
        // New kinds of events come without notice, and mean nothing to us.
      }
    },
    refuse(detail) {
      refusal = detail;
      stopReason = "refusal";
    },
    outputCharacters: () => characters,
    ended: () => stopped,
    finish() {
      const finish = finishOf(stopReason, model);
      const text = texts.join("");
      if (text.trim() === "" && finish === "stop") throw emptyAnswer(toolCall);
      return {
        ...(finish === "stop" && channel === "json" ? sourceOfJson(text) : { text, channel: "text" as const }),
        finish,
        ...(finish === "refusal" ? { finishDetail: refusal ?? "without saying why" } : {}),
        usage: normaliseUsage(usage) ?? estimateUsage(request, characters),
        model: answeredBy ?? model,
      };
    },
  };
}

function describeRefusal(category: string | undefined, explanation: string | undefined): string | undefined {
  if (category === undefined) return explanation;
  return explanation === undefined ? `category ${category}` : `category ${category}, ${explanation}`;
}

/** A reason nobody knows yet is taken for a stop: whether the text is whole is for the checks to say. */
function finishOf(reason: string | undefined, model: string): GenerateResponse["finish"] {
  switch (reason) {
    case "max_tokens":
      return "length";
    case "refusal":
      return "refusal";
    case "model_context_window_exceeded":
      throw new BackendError(`The prompt and the answer together are larger than the context of ${model}.`, {
        kind: "context-overflow",
        hint: "Lower [build] max_dependency_tokens, split the module, or set an [llm] model with a larger context.",
      });
    case "pause_turn":
      // Only turns with tools of the server pause, and none were offered: there is nothing to go on with.
      throw new BackendError("The model paused in the middle of its answer.", { kind: "invalid-response" });
    default:
      return "stop";
  }
}

function emptyAnswer(toolCall: boolean): BackendError {
  return new BackendError(
    toolCall
      ? "The model called a tool, and none was offered, in place of writing text."
      : "The model sent an empty answer.",
    { kind: "invalid-response" },
  );
}
