import { asCount, asObject, asObjects, asText } from "@jaunt/backend-kit";
import type { Usage } from "@jaunt/core";
import { join } from "node:path";
import type { Agent, AgentCall, AgentOutcome, AgentReader, AgentRequest, Wanted } from "../agent.ts";

/**
 * Claude Code (`claude -p`). Options and output as in its CLI reference (code.claude.com/docs/en/cli-reference), checked with version
 * 2.1.197 against a server that stands in for the API.
 */
export const claudeCode: Agent = {
  title: "Claude Code",
  command: "claude",
  install: "npm install --global @anthropic-ai/claude-code",
  signIn: "Run `claude` and type /login.",
  variables: ["CLAUDE_CONFIG_DIR", "CLAUDE_CODE_OAUTH_TOKEN"],
  tokenVariable: "CLAUDE_CODE_OAUTH_TOKEN",
  signInFiles: ({ environment, folder, platform }) => {
    const own = environment["CLAUDE_CONFIG_DIR"] ?? join(folder, ".claude");
    // On macOS the sign-in itself is in the keychain.
    return [join(own, ".credentials.json"), ...(platform === "darwin" ? [join(folder, ".claude.json")] : [])];
  },
  streams: true,
  call,
  read,
};

const output = ["-p", "--output-format", "stream-json", "--verbose", "--include-partial-messages"];
/** No tools, and nothing of the user's or of a project: settings, memory, hooks, servers, commands. */
const bare = ["--tools", "", "--strict-mcp-config", "--setting-sources", "", "--disable-slash-commands"];
const once = ["--no-session-persistence", "--max-turns", "1"];

function call({ system, user, model, maxOutputTokens, pathOf }: AgentRequest): AgentCall {
  const systemFile = "system.md";
  return {
    args: [
      ...output,
      ...bare,
      ...once,
      ...(system === "" ? [] : ["--system-prompt-file", pathOf(systemFile)]),
      ...(model === "" ? [] : ["--model", model]),
    ],
    input: user,
    environment: {
      // Else `@path` in a prompt is taken for a file to send, tools or not.
      CLAUDE_CODE_DISABLE_ATTACHMENTS: "1",
      // Else a second call gives the session a title.
      CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: "1",
      // Waiting and asking again is the orchestrator's.
      CLAUDE_CODE_MAX_RETRIES: "0",
      CLAUDE_CODE_MAX_OUTPUT_TOKENS: String(maxOutputTokens),
    },
    files: system === "" ? {} : { [systemFile]: system },
  };
}

function read(): AgentReader {
  const pieces: string[] = [];
  let characters = 0;
  let model = "";
  let usage: Figures = {};
  let outcome: AgentOutcome | undefined;

  function addEvent(event: Readonly<Record<string, unknown>> | undefined): Wanted {
    const delta = asObject(event?.["delta"]);
    const text = delta?.["type"] === "text_delta" ? (asText(delta["text"]) ?? "") : "";
    pieces.push(text);
    characters += text.length;
    usage = merge(merge(usage, asObject(event?.["message"])?.["usage"]), event?.["usage"]);
    if (delta?.["stop_reason"] !== "max_tokens") return "more";
    // Left alone it would ask for the rest, three times.
    outcome = { type: "answer", text: pieces.join(""), finish: "length", usage: normalise(usage), model };
    return "stop";
  }

  return {
    add(value) {
      const line = asObject(value);
      // What it says while it is being ended is no part of the answer.
      if (outcome !== undefined) return "more";
      switch (line?.["type"]) {
        case "system":
          model = asText(line["model"]) ?? model;
          return "more";
        case "assistant": {
          const named = asText(asObject(line["message"])?.["model"]);
          // Its own messages about errors are signed so.
          if (named !== undefined && named !== "<synthetic>") model = named;
          return "more";
        }
        case "stream_event":
          return addEvent(asObject(line["event"]));
        case "result":
          outcome = outcomeOf(line, pieces.join(""), model);
          return "end";
        default:
          return "more";
      }
    },
    outputCharacters: () => characters,
    outcome: () => outcome,
  };
}

function outcomeOf(result: Readonly<Record<string, unknown>>, streamed: string, model: string): AgentOutcome {
  const said = asText(result["result"]) ?? "";
  const usage = normalise(merge({}, result["usage"]));
  if (result["stop_reason"] === "refusal") {
    return { type: "answer", text: "", finish: "refusal", finishDetail: said, usage, model };
  }
  if (/exceeded the \d+ output token maximum/.test(said)) {
    return { type: "answer", text: streamed, finish: "length", usage, model };
  }
  if (result["is_error"] === true || result["subtype"] !== "success") {
    const errors = Array.isArray(result["errors"]) ? result["errors"].filter((each) => typeof each === "string") : [];
    const words = [said, ...errors, ...asObjects(result["errors"]).map((each) => asText(each["message"]) ?? "")];
    const status = asCount(result["api_error_status"]);
    return { type: "failure", said: words.find((each) => each !== "") ?? String(result["subtype"]), status };
  }
  return { type: "answer", text: said === "" ? streamed : said, finish: "stop", usage, model };
}

type Figures = Partial<Omit<Usage, "estimated">>;

/** Takes over what an event says of usage; what it leaves out stays. */
function merge(known: Figures, value: unknown): Figures {
  const usage = asObject(value);
  const figures = {
    input: asCount(usage?.["input_tokens"]),
    cacheRead: asCount(usage?.["cache_read_input_tokens"]),
    cacheWrite: asCount(usage?.["cache_creation_input_tokens"]),
    output: asCount(usage?.["output_tokens"]),
    reasoning: asCount(asObject(usage?.["output_tokens_details"])?.["thinking_tokens"]),
  };
  return { ...known, ...Object.fromEntries(Object.entries(figures).filter(([, figure]) => figure !== undefined)) };
}

function normalise({ input, output, cacheRead = 0, cacheWrite = 0, reasoning = 0 }: Figures): Usage | undefined {
  if (input === undefined || output === undefined || input + output + cacheRead + cacheWrite === 0) return undefined;
  return { input, cacheRead, cacheWrite, output: Math.max(output, reasoning), reasoning };
}
