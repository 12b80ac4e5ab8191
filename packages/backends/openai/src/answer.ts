import { asList, asObject, asObjects, asText, bareSource, estimateUsage, sourceOfJson } from "@jaunt/backend-kit";
import type { Answer, AnswerText } from "@jaunt/backend-kit";
import { BackendError, type GenerateRequest, type GenerateResponse } from "@jaunt/core";
import { toolName, type RequestForm } from "./request.ts";
import { readUsage } from "./usage.ts";

/** Starts an empty answer to `request` from `model`. Takes the events of a stream, or one response as a document. */
export function createAnswer(request: GenerateRequest, model: string, channel: RequestForm["channel"]): Answer {
  const items = new Map<unknown, unknown>();
  let characters = 0;
  let response: Json = {};
  let ended = false;
  let refusal: string | undefined;

  function take(value: unknown): void {
    response = asObject(value) ?? response;
    ended = true;
  }

  return {
    add(value) {
      const event = asObject(value);
      if (event?.["object"] === "response") {
        take(event);
        return;
      }
      switch (event?.["type"]) {
        case "response.output_text.delta":
        case "response.custom_tool_call_input.delta":
          if (!isCommentary(items.get(event["output_index"]))) characters += asText(event["delta"])?.length ?? 0;
          break;
        case "response.output_item.added":
        case "response.output_item.done":
          items.set(event["output_index"], event["item"]);
          break;
        case "response.completed":
        case "response.incomplete":
        case "response.failed":
        case "response.cancelled":
          take(event["response"]);
          break;
        default:
        // The rest repeats what these say, or is of a kind that means nothing to us.
      }
    },
    refuse(detail) {
      refusal = detail;
    },
    outputCharacters: () => characters,
    ended: () => ended,
    finish() {
      const listed = asList(response["output"]);
      const output = readOutput(listed.length === 0 ? [...items.values()] : listed);
      refusal ??= output.refusal;
      const finish = refusal === undefined ? finishOf(response) : "refusal";
      const { text, channel: arrived } = finish === "stop" ? accept(output, channel) : asIs(output);
      return {
        text,
        channel: arrived,
        finish,
        ...(finish === "refusal" ? { finishDetail: refusal ?? "the content filter stopped the answer" } : {}),
        usage: readUsage(response["usage"]) ?? estimateUsage(request, Math.max(characters, text.length)),
        model: asText(response["model"]) ?? model,
      };
    },
  };
}

type Json = Readonly<Record<string, unknown>>;

/** What the items of an answer say. */
interface Output {
  readonly text: string;
  /** The input of every call of our tool. */
  readonly sources: readonly string[];
  readonly foreignCall: boolean;
  readonly refusal: string | undefined;
}

function readOutput(values: readonly unknown[]): Output {
  const items = asObjects(values);
  const messages = items.filter((item) => item["type"] === "message" && !isCommentary(item));
  const final = messages.filter((item) => item["phase"] === "final_answer");
  const parts = (final.length === 0 ? messages : final).flatMap((item) => asObjects(item["content"]));
  const calls = items.filter((item) => /^(?:custom_tool|function)_call$/.test(String(item["type"])));
  const ours = calls.filter((item) => item["type"] === "custom_tool_call" && item["name"] === toolName);
  const refusals = parts.flatMap((part) => (part["type"] === "refusal" ? (asText(part["refusal"]) ?? "") : []));
  return {
    text: parts.map((part) => (part["type"] === "output_text" ? (asText(part["text"]) ?? "") : "")).join(""),
    sources: ours.map((item) => asText(item["input"]) ?? ""),
    foreignCall: ours.length < calls.length,
    refusal: refusals.length === 0 ? undefined : refusals.join(""),
  };
}

/** Remarks on the work, which are no part of the answer. */
function isCommentary(item: unknown): boolean {
  return asObject(item)?.["phase"] === "commentary";
}

/** Only a response that is complete is an answer: the vendor's own SDK takes half of one for it. */
function finishOf(response: Json): GenerateResponse["finish"] {
  const status = response["status"];
  const reason = asObject(response["incomplete_details"])?.["reason"];
  if (status === "completed") return "stop";
  if (status === "incomplete" && reason === "max_output_tokens") return "length";
  if (status === "incomplete" && reason === "content_filter") return "refusal";
  // A body that is no response at all may be one the next time.
  if (status === undefined) throw new BackendError("The model sent an empty answer.", { kind: "invalid-response" });
  const why = asText(reason) === undefined ? "" : ` (${String(reason)})`;
  throw new BackendError(`The response ended as ${JSON.stringify(status)}${why}, not as "completed".`, {
    kind: "invalid-response",
    retryable: status === "incomplete" || status === "failed",
  });
}

function accept(output: Output, channel: RequestForm["channel"]): AnswerText {
  const [source, ...more] = output.sources;
  if (channel === "tool" && more.length > 0) {
    throw new BackendError("The model called the tool more than once; which source is meant cannot be known.", {
      kind: "invalid-response",
    });
  }
  const hasText = output.text.trim() !== "";
  if (channel === "tool" && source !== undefined && source.trim() !== "") return bareSource(source);
  if (!hasText && (output.foreignCall || (channel !== "tool" && source !== undefined))) {
    throw new BackendError("The model called a tool that was not offered in place of writing text.", {
      kind: "invalid-response",
    });
  }
  if (!hasText) throw new BackendError("The model sent an empty answer.", { kind: "invalid-response" });
  return channel === "json" ? sourceOfJson(output.text) : { text: output.text, channel: "text" };
}

function asIs({ text, sources }: Output): AnswerText {
  return { text: text === "" ? sources.join("") : text, channel: "text" };
}
