import { asCount, asObject, asText, parseJson } from "@jaunt/backend-kit";
import type { Usage } from "@jaunt/core";
import { join } from "node:path";
import type { Agent, AgentCall, AgentOutcome, AgentReader, AgentRequest } from "../agent.ts";

/**
 * Codex (`codex exec`). Options as in `codex exec --help`, output as in `codex-rs/exec/src/exec_events.rs` of openai/codex, checked with
 * version 0.169.0 against a server that stands in for the API.
 */
export const codex: Agent = {
  title: "Codex",
  command: "codex",
  install: "npm install --global @openai/codex",
  signIn: "Run `codex login`.",
  variables: ["CODEX_HOME", "CODEX_CA_CERTIFICATE"],
  signInFiles: ({ environment, folder }) => [join(environment["CODEX_HOME"] ?? join(folder, ".codex"), "auth.json")],
  streams: false,
  call,
  read,
};

const once = ["exec", "--json", "--skip-git-repo-check", "--ephemeral", "--ignore-user-config", "--ignore-rules"];
/** No shell to read with; what is left may read, never write. */
const bare = ["--sandbox", "read-only", "--disable", "shell_tool", "--disable", "unified_exec"];
const settings = ["-c", "web_search=disabled", "-c", "project_doc_max_bytes=0"];

function call({ system, user, model }: AgentRequest): AgentCall {
  return {
    args: [...once, ...bare, ...settings, ...(model === "" ? [] : ["--model", model]), "-"],
    // Its own instructions stay: an account may refuse others.
    input: system === "" ? user : `${system}\n\n${user}`,
    environment: {},
    files: {},
  };
}

function read(): AgentReader {
  let text = "";
  let outcome: AgentOutcome | undefined;
  // Reconnecting is told as an error too, so that only the end of a turn decides.
  let lastError = "";

  function failed(said: string): void {
    const words = wordsOf(said);
    if (/reason: max_output_tokens/.test(words)) {
      outcome = { type: "answer", text, finish: "length", usage: undefined, model: "" };
    } else if (/reason: content_filter|content_policy/.test(words)) {
      outcome = { type: "answer", text, finish: "refusal", finishDetail: words, usage: undefined, model: "" };
    } else outcome = { type: "failure", said: words, status: statusIn(words) };
  }

  return {
    add(value) {
      const line = asObject(value);
      switch (line?.["type"]) {
        case "item.completed": {
          const item = asObject(line["item"]);
          // Earlier messages tell what it is about to do.
          if (item?.["type"] === "agent_message") text = asText(item["text"]) ?? "";
          return "more";
        }
        case "error":
          lastError = asText(line["message"]) ?? lastError;
          return "more";
        case "turn.failed":
          failed(asText(asObject(line["error"])?.["message"]) ?? lastError);
          return "end";
        case "turn.completed":
          outcome = { type: "answer", text, finish: "stop", usage: readUsage(line["usage"]), model: "" };
          return "end";
        default:
          return "more";
      }
    },
    outputCharacters: () => text.length,
    outcome: () =>
      outcome ??
      (lastError === ""
        ? undefined
        : { type: "failure", said: wordsOf(lastError), status: statusIn(wordsOf(lastError)) }),
  };
}

/** The provider's error body is at times the whole message. */
function wordsOf(said: string): string {
  const body = asObject(parseJson(said));
  return asText(asObject(body?.["error"])?.["message"]) ?? asText(body?.["detail"]) ?? said;
}

function statusIn(said: string): number | undefined {
  const digits = /\bstatus:? (\d{3})\b/.exec(said)?.[1];
  return digits === undefined ? undefined : Number(digits);
}

/** Brought to the port's terms, for here the input includes the cache; undefined when there is none. */
function readUsage(value: unknown): Usage | undefined {
  const usage = asObject(value);
  const input = asCount(usage?.["input_tokens"]);
  const output = asCount(usage?.["output_tokens"]);
  if (input === undefined || output === undefined || input + output === 0) return undefined;
  const cacheRead = asCount(usage?.["cached_input_tokens"]) ?? 0;
  const cacheWrite = asCount(usage?.["cache_write_input_tokens"]) ?? 0;
  const reasoning = asCount(usage?.["reasoning_output_tokens"]) ?? 0;
  return {
    input: Math.max(0, input - cacheRead - cacheWrite),
    cacheRead,
    cacheWrite,
    output: Math.max(output, reasoning),
    reasoning,
  };
}
