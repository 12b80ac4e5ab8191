import { asCount, asObject, asText, parseJson } from "@jaunt/backend-kit";
import type { Usage } from "@jaunt/core";
import { join } from "node:path";
import type { Agent, AgentCall, AgentOutcome, AgentReader, AgentRequest } from "../agent.ts";

/**
 * Gemini CLI (`gemini`). Options and output as in its headless mode reference (geminicli.com/docs/cli/headless), checked with version
 * 0.61.0 against a server that stands in for the API. It does not tell a cut or refused answer from a whole one.
 */
export const geminiCli: Agent = {
  title: "Gemini CLI",
  command: "gemini",
  install: "npm install --global @google/gemini-cli",
  signIn: "Run `gemini` and sign in.",
  variables: ["GEMINI_CLI_HOME", "GOOGLE_CLOUD_PROJECT", "GOOGLE_CLOUD_LOCATION"],
  signInFiles: ({ environment, folder }) => {
    const own = join(environment["GEMINI_CLI_HOME"] ?? folder, ".gemini");
    return [join(own, "oauth_creds.json"), join(own, "google_accounts.json"), join(own, "gemini-credentials.json")];
  },
  streams: true,
  call,
  read,
};

/** Refuses every tool, which takes them out of what the model is offered. */
const policy = '[[rule]]\ntoolName = "*"\ndecision = "deny"\npriority = 999\n';

function call({ system, user, model, pathOf }: AgentRequest): AgentCall {
  const [systemFile, policyFile] = ["system.md", "policy.toml"] as const;
  return {
    args: [
      "--output-format",
      "stream-json",
      "--extensions",
      "none",
      "--policy",
      pathOf(policyFile),
      ...(model === "" ? [] : ["--model", model]),
    ],
    // A slash at the start would be a command of its own.
    input: user.trimStart().startsWith("/") ? `Task:\n${user}` : user,
    environment: {
      GEMINI_CLI_TRUST_WORKSPACE: "true",
      ...(system === "" ? {} : { GEMINI_SYSTEM_MD: pathOf(systemFile) }),
    },
    files: { [policyFile]: policy, ...(system === "" ? {} : { [systemFile]: system }) },
  };
}

function read(): AgentReader {
  const pieces: string[] = [];
  let characters = 0;
  let model = "";
  let lastError = "";
  let outcome: AgentOutcome | undefined;

  return {
    add(value) {
      const line = asObject(value);
      switch (line?.["type"]) {
        case "init":
          model = asText(line["model"]) ?? model;
          return "more";
        case "message": {
          const text = line["role"] === "assistant" ? (asText(line["content"]) ?? "") : "";
          pieces.push(text);
          characters += text.length;
          return "more";
        }
        case "error":
          if (line["severity"] === "error") lastError = asText(line["message"]) ?? lastError;
          return "more";
        case "result":
          outcome = outcomeOf(line, { text: pieces.join(""), model, lastError });
          return "end";
        default: {
          // Errors at its start come as one document whatever was asked for.
          const error = asObject(line?.["error"]);
          if (error !== undefined) outcome = failure(asText(error["message"]) ?? "", asCount(error["code"]));
          return "more";
        }
      }
    },
    outputCharacters: () => characters,
    outcome: () => outcome ?? (lastError === "" ? undefined : failure(lastError, undefined)),
  };
}

function outcomeOf(
  result: Readonly<Record<string, unknown>>,
  { text, model, lastError }: { readonly text: string; readonly model: string; readonly lastError: string },
): AgentOutcome {
  const stats = asObject(result["stats"]);
  if (result["status"] !== "success") {
    return failure(asText(asObject(result["error"])?.["message"]) ?? lastError, undefined);
  }
  if (text === "" && lastError !== "") return failure(lastError, undefined);
  const answeredBy = Object.keys(asObject(stats?.["models"]) ?? {}).at(-1);
  return { type: "answer", text, finish: "stop", usage: readUsage(stats), model: answeredBy ?? model };
}

/** The provider's error is quoted as JSON: `[API Error: {"error":{"code":401,…}}]`. */
function failure(said: string, code: number | undefined): AgentOutcome {
  const quoted = asObject(asObject(parseJson(/\{.*\}/s.exec(said)?.[0] ?? ""))?.["error"]);
  const status = asCount(quoted?.["code"]) ?? code;
  const words = [asText(quoted?.["message"]), asText(quoted?.["status"])].filter((each) => each !== undefined);
  return {
    type: "failure",
    said: words.length === 0 ? said : words.join(" "),
    // Smaller numbers are exit codes of its own.
    status: status !== undefined && status >= 100 ? status : undefined,
  };
}

/** `input_tokens` includes the cache; what the total has beyond input and output are thoughts. */
function readUsage(stats: Readonly<Record<string, unknown>> | undefined): Usage | undefined {
  const whole = asCount(stats?.["input_tokens"]);
  const output = asCount(stats?.["output_tokens"]);
  if (whole === undefined || output === undefined || whole + output === 0) return undefined;
  const cacheRead = Math.min(asCount(stats?.["cached"]) ?? 0, whole);
  const reasoning = Math.max(0, (asCount(stats?.["total_tokens"]) ?? 0) - whole - output);
  return { input: whole - cacheRead, cacheRead, cacheWrite: 0, output: output + reasoning, reasoning };
}
