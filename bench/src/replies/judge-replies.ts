import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { createBackend as createAnthropic } from "@jaunt/backend-anthropic";
import { createBackend as createLitellm } from "@jaunt/backend-litellm";
import { createBackend as createOpenai } from "@jaunt/backend-openai";
import { BackendError, type Backend } from "@jaunt/core";
import { parseGenerated } from "@jaunt/core/header";
import { openProject } from "@jaunt/orchestrator";
import { createTypescriptTarget, typescriptReader } from "@jaunt/typescript";
import type { ReplyCase } from "./reply-case.ts";

/** What became of one answer. */
export interface Judged {
  readonly reply: ReplyCase;
  /** What was built from it; undefined when it was refused. */
  readonly built: string | undefined;
  /** Code of the first error of a refusal. */
  readonly code: string;
  /** Whether that error says where: in the reply, or in the call. */
  readonly located: boolean;
}

/** Builds a project of one module an answer through the real backends, checks and examples, with one attempt each. */
export async function judgeReplies(replies: readonly ReplyCase[]): Promise<readonly Judged[]> {
  const root = mkdtempSync(join(tmpdir(), "jaunt-bench-replies-"));
  try {
    writeProject(root, replies);
    const project = await openProject(root, {
      languages: [{ reader: typescriptReader, createTarget: (config) => createTypescriptTarget(config.typescript) }],
      createBackend: () => Promise.resolve(playing(replies)),
      toolVersion: "0.1.0",
    });
    const report = await project.build({ noCache: true }).finally(() => project.close());
    const failed = new Map(report.failed.map(({ module, diagnostics }) => [module as string, diagnostics]));
    return replies.map((reply, index) => {
      const first = failed.get(moduleOf(index))?.find(({ severity }) => severity === "error");
      const built = failed.has(moduleOf(index)) ? undefined : builtBody(root, index);
      const located = first?.file !== undefined || first?.code.startsWith("backend/") === true;
      return { reply, built, code: first?.code ?? "", located };
    });
  } finally {
    rmSync(root, { recursive: true });
  }
}

function moduleOf(index: number): string {
  return `src/case${String(index)}`;
}

function builtBody(root: string, index: number): string | undefined {
  const text = readFileSync(join(root, `src/__generated__/case${String(index)}.ts`), "utf8");
  const parsed = parseGenerated(text, "//");
  return "body" in parsed && parsed.header.kind === "build" ? parsed.body : undefined;
}

function playing(replies: readonly ReplyCase[]): Backend {
  const makers = { anthropic: createAnthropic, openai: createOpenai, litellm: createLitellm };
  return {
    apiVersion: 1,
    name: "replies",
    async generate(request, options) {
      const reply = replies[Number(/\d+$/.exec(request.label)?.[0])];
      if (reply === undefined) throw new Error(`no reply for ${request.label}`);
      const setup = {
        provider: reply.api,
        model: reply.api === "openai" ? "gpt-5.6-terra" : "m",
        apiKey: "none",
        baseUrl: "http://127.0.0.1:9",
        output: reply.channel,
        timeoutMs: 10_000,
        recordings: "",
      };
      try {
        const backend = makers[reply.api](setup, { fetch: () => Promise.resolve(reply.response()) });
        return await backend.generate({ ...request, model: setup.model }, options);
      } catch (error) {
        // One answer is one attempt: what would be asked for again is a refusal here.
        if (!(error instanceof BackendError)) throw error;
        throw new BackendError(error.message, {
          kind: error.kind === "auth" ? "server" : error.kind,
          retryable: false,
        });
      }
    },
  };
}

function writeProject(root: string, replies: readonly ReplyCase[]): void {
  const compilerOptions = {
    strict: true,
    target: "es2022",
    module: "nodenext",
    noEmit: true,
    skipLibCheck: true,
    types: [],
  };
  const files: Record<string, string> = {
    "jaunt.toml": `version = 1\n[llm]\nprovider = "replies"\nmax_cost_per_build = 1000\nmax_tokens_per_build = 1000000000\n[build]\nmax_attempts = 1\n[paths]\ntest_roots = []\n`,
    "package.json": '{ "name": "replies", "private": true, "type": "module" }',
    "tsconfig.json": JSON.stringify({ compilerOptions, include: ["src"] }),
  };
  for (const [index, { spec }] of replies.entries()) files[`${moduleOf(index)}.jaunt.ts`] = spec;
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
}
