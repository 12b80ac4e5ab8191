import { createDeadline, estimateUsage, parseJson, redact, type Deadline } from "@jaunt/backend-kit";
import {
  BackendError,
  JauntError,
  type Backend,
  type BackendSetup,
  type GenerateOptions,
  type GenerateRequest,
  type GenerateResponse,
  type ProgramFacts,
  type PromptPart,
} from "@jaunt/core";
import { agentError } from "./agent-error.ts";
import type { Agent, AgentReader, Wanted } from "./agent.ts";
import { claudeCode } from "./agents/claude-code.ts";
import { codex } from "./agents/codex.ts";
import { geminiCli } from "./agents/gemini-cli.ts";
import { agentEnvironment } from "./environment.ts";
import { findProgram } from "./find-program.ts";
import { inspectAgent } from "./inspect.ts";
import { runProgram, type ProgramEnd } from "./run-program.ts";
import { openWorkplace } from "./workplace.ts";

/** What a test or an embedder may replace. */
export interface AgentOptions {
  /** Limit on silence within an answer that streams, in milliseconds. Default: the smaller of one minute and the limit on the call. */
  readonly idleTimeoutMs?: number;
}

const agents: Readonly<Record<string, Agent>> = { "claude-code": claudeCode, codex, "gemini-cli": geminiCli };

/** None: an agent is signed in by itself. */
export const keyEnvironment: readonly string[] = [];

/** No: an agent is signed in by itself. */
export function keyRequired(): boolean {
  return false;
}

/** Whether the agent is installed and somebody seems to be signed in. Makes no model call. */
export function inspect(setup: Omit<BackendSetup, "apiKey">): Promise<ProgramFacts> {
  return inspectAgent(agentOf(setup.provider), setup.environment ?? {});
}

/**
 * A backend that asks an installed coding agent, once a call, in an empty folder and without tools or keys.
 * @throws {JauntError} when the setup cannot work, or the agent is not installed
 */
export function createBackend(setup: BackendSetup, options: AgentOptions = {}): Backend {
  const agent = agentOf(setup.provider);
  refuseWhatItCannot(setup, agent);
  const environment = setup.environment ?? {};
  const program = findProgram(agent.command, environment, process.platform);
  if (program === undefined) throw notInstalled(agent);
  return {
    apiVersion: 1,
    name: setup.provider,
    async generate(request, callOptions) {
      const model = checkedModel(request.model === "" ? setup.model : request.model);
      const idleMs = options.idleTimeoutMs ?? Math.min(60_000, setup.timeoutMs);
      const deadline = createDeadline({ signal: callOptions.signal, totalMs: setup.timeoutMs, idleMs });
      try {
        return await ask({ agent, program, environment, model, request, options: callOptions }, deadline);
      } catch (error) {
        // An early end first, for it is what broke the call.
        const early = deadline.failure();
        if (early !== undefined) throw early;
        if (error instanceof BackendError) throw error;
        throw new BackendError(`${agent.title} cannot be run: ${redact((error as Error).message, undefined)}`, {
          kind: "connection",
          retryable: false,
          hint: `Does \`${agent.command} --version\` work? \`${agent.install}\` installs it.`,
        });
      } finally {
        deadline.close();
      }
    },
    describe: () => Promise.resolve({ defaultModel: setup.model }),
  };
}

interface Question {
  readonly agent: Agent;
  /** Absolute native path. */
  readonly program: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly model: string;
  readonly request: GenerateRequest;
  readonly options: GenerateOptions;
}

async function ask(question: Question, deadline: Deadline): Promise<GenerateResponse> {
  deadline.signal.throwIfAborted();
  const { agent, program, request, model } = question;
  const workplace = await openWorkplace();
  try {
    const { pathOf, folder, temporary } = workplace;
    const call = agent.call({
      system: textOf(request.prompt, "system"),
      user: textOf(request.prompt, "user"),
      model,
      maxOutputTokens: request.maxOutputTokens,
      pathOf,
    });
    await workplace.write(call.files);
    const reader = agent.read();
    const strays: string[] = [];
    const end = await runProgram({
      program,
      args: call.args,
      cwd: folder,
      leftovers: workplace.root,
      environment: {
        ...agentEnvironment(question.environment, agent),
        ...call.environment,
        TMPDIR: temporary,
        TEMP: temporary,
        TMP: temporary,
      },
      input: call.input,
      signal: deadline.signal,
      onLine: (line) => take(line, { ...question, reader, strays }, deadline),
    });
    return answerOf(question, reader, end, strays, deadline);
  } finally {
    await workplace.close();
  }
}

/** One line of output. Agents print notices between their events, which are kept in case nothing else comes. */
function take(
  line: string,
  { agent, reader, strays, options }: Question & { readonly reader: AgentReader; readonly strays: string[] },
  deadline: Deadline,
): Wanted {
  const value = parseJson(line);
  if (value === undefined) {
    if (strays.length < mostStrays) strays.push(line.slice(0, 500));
    return "more";
  }
  const before = reader.outputCharacters();
  const wanted = reader.add(value);
  const outputCharacters = reader.outputCharacters();
  if (outputCharacters > before) {
    if (agent.streams) deadline.touch();
    if (!deadline.signal.aborted) options.onProgress?.({ outputCharacters });
  }
  return wanted;
}

const mostStrays = 20;

function answerOf(
  { agent, request, model }: Question,
  reader: AgentReader,
  { exitCode, signal, stderr, flooded }: ProgramEnd,
  strays: readonly string[],
  deadline: Deadline,
): GenerateResponse {
  const early = deadline.failure();
  const outcome = reader.outcome();
  // An answer that was declared ended is whole, whatever became of the program afterwards; an abort is an abort.
  if (early !== undefined && (early.kind === "aborted" || outcome?.type !== "answer")) throw early;
  const clean = (text: string): string => redact(text, undefined);
  if (outcome?.type === "answer") {
    const { text, finish, finishDetail, usage } = outcome;
    if (text.trim() === "" && finish === "stop") {
      throw new BackendError(`${agent.title} gave an empty answer.`, { kind: "invalid-response" });
    }
    return {
      text,
      channel: "text",
      finish,
      ...(finish === "refusal" ? { finishDetail: clean(finishDetail ?? "") } : {}),
      usage: usage ?? estimateUsage(request, text.length),
      model: outcome.model === "" ? (model === "" ? "default" : model) : outcome.model,
    };
  }
  if (flooded) {
    throw new BackendError(`${agent.title} printed more than 64 MiB.`, { kind: "invalid-response", retryable: false });
  }
  const said = outcome?.said ?? [...strays, stderr].join("\n");
  if (outcome?.type === "failure" && /max_turns|max session turns/i.test(outcome.said)) {
    throw new BackendError(`${agent.title} used its one turn for something else than an answer.`, {
      kind: "invalid-response",
    });
  }
  if (outcome === undefined && exitCode === 0) {
    throw new BackendError(
      `${agent.title} ended without an answer in the form it was asked for (${String(strays.length)} lines of something else).`,
      { kind: "invalid-response", hint: `Another version may help: \`${agent.install}\`.` },
    );
  }
  throw agentError({ said, status: outcome?.status, exitCode, signal }, { agent, model, clean });
}

/** Parts in their order, a blank line between, so that the start that modules share stays byte-equal. */
function textOf(prompt: readonly PromptPart[], role: PromptPart["role"]): string {
  return prompt
    .filter((part) => part.role === role && part.text.trim() !== "")
    .map(({ text }) => text)
    .join("\n\n");
}

function agentOf(provider: string): Agent {
  const agent = Object.hasOwn(agents, provider) ? agents[provider] : undefined;
  if (agent !== undefined) return agent;
  throw new JauntError(`No agent is called ${JSON.stringify(provider)}.`, {
    code: "agent-unknown",
    hint: `Set [llm] provider to ${Object.keys(agents).join(", ")}.`,
    exitCode: 2,
  });
}

function refuseWhatItCannot({ provider, apiKey, baseUrl, output }: BackendSetup, { title }: Agent): void {
  const refused =
    apiKey !== undefined
      ? "api_key_env"
      : baseUrl !== ""
        ? "base_url"
        : output !== "auto" && output !== "text"
          ? "output"
          : undefined;
  if (refused === undefined) return;
  throw new JauntError(`The provider ${provider} cannot work with [llm] ${refused}.`, {
    code: "agent-setting",
    hint: `${title} answers in text, by its own sign-in, from its own provider: take ${refused} out of jaunt.toml, or set another provider.`,
    exitCode: 2,
  });
}

/** A model's name is an argument: it must be none of the agent's options, nor mean anything to a shell. */
function checkedModel(model: string): string {
  if (/^(?:[\w[][\w.:@/[\]-]*)?$/.test(model)) return model;
  throw new BackendError(`${JSON.stringify(model)} is no name of a model.`, {
    kind: "bad-request",
    hint: "Correct [llm] model in jaunt.toml.",
  });
}

function notInstalled({ title, command, install, signIn }: Agent): JauntError {
  return new JauntError(`${title} is not installed: there is no \`${command}\` on the PATH.`, {
    code: "agent-missing",
    hint: `Run \`${install}\`. ${signIn}`,
    exitCode: 2,
  });
}
