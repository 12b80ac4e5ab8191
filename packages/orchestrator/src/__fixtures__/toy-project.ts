import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { BackendError, type Backend, type BackendErrorOptions, type GenerateRequest, type GenerateResponse } from "@jaunt/core";
import type { RunEvent } from "../events.ts";
import { openProject } from "../open-project.ts";
import type { Project, ProjectOptions } from "../project.ts";
import { createToyLanguage, type ToyLog } from "./toy-language.ts";

/** A reply's text, a failure, or parts of a response. */
export type ToyReply = string | BackendErrorOptions | Partial<GenerateResponse> | ((request: GenerateRequest) => Promise<string>);

export interface ToyProject {
  readonly root: string;
  readonly log: ToyLog;
  readonly events: RunEvent[];
  /** Requests that reached the backend. */
  readonly calls: GenerateRequest[];
  /** Replies by label and, where there are several, by attempt: `src/a`, `src/a 2`. May be changed. */
  readonly replies: Record<string, ToyReply>;
  open(options?: Partial<ProjectOptions>): Promise<Project>;
  write(path: string, text: string): void;
  read(path: string): string;
  exists(path: string): boolean;
  remove(path?: string): void;
  /** Text and modification time of every file, `.jaunt` aside. */
  snapshot(): Readonly<Record<string, string>>;
}

/** A project of toy specs with an in-process backend. The caller removes it. */
export function createToyProject(files: Readonly<Record<string, string>>, config = ""): ToyProject {
  const root = realpathSync(mkdtempSync(join(tmpdir(), "jaunt-toy-")));
  const { language, log } = createToyLanguage();
  const calls: GenerateRequest[] = [];
  const events: RunEvent[] = [];
  const replies: Record<string, ToyReply> = {};
  const backend: Backend = {
    apiVersion: 1,
    name: "toy",
    async generate(request, { signal }) {
      calls.push(request);
      const reply = replies[`${request.label} ${request.attempt}`] ?? replies[request.label] ?? "";
      if (typeof reply === "function") return respond(await untilAborted(reply(request), signal));
      if (typeof reply === "object" && "kind" in reply) throw new BackendError(`scripted ${reply.kind}`, reply);
      return respond(reply);
    },
  };
  const project: ToyProject = {
    root,
    log,
    events,
    calls,
    replies,
    open: (options = {}) =>
      openProject(root, {
        languages: [language],
        createBackend: () => Promise.resolve(backend),
        generatorModel: () => "toy/model",
        toolVersion: "0.0.0",
        onEvent: (event) => events.push(event),
        ...options,
      }),
    write(path, text) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), text);
    },
    read: (path) => readFileSync(join(root, path), "utf8"),
    exists: (path) => existsSync(join(root, path)),
    remove: (path = ".") => rmSync(join(root, path), { recursive: true, force: true }),
    snapshot() {
      const entries = readdirSync(root, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
      const paths = entries.map((entry) => join(entry.parentPath, entry.name)).filter((file) => !relative(root, file).startsWith(".jaunt"));
      return Object.fromEntries(paths.map((file) => [relative(root, file), `${statSync(file).mtimeMs} ${readFileSync(file, "utf8")}`]));
    },
  };
  project.write("jaunt.toml", `version = 1\n[paths]\ntest_roots = []\n[llm]\nprovider = "toy"\nmodel = "model"\n${config}`);
  for (const [path, text] of Object.entries(files)) project.write(path, text);
  return project;
}

/** A reply in the fence that is asked for. */
export function fenced(source: string): string {
  return `\`\`\`ts\n${source}\n\`\`\`\n`;
}

function respond(reply: string | Partial<GenerateResponse>): GenerateResponse {
  const parts = typeof reply === "string" ? { text: reply } : reply;
  const usage = { input: 100, cacheRead: 0, cacheWrite: 0, output: 10, reasoning: 0 };
  return { text: "", channel: "text", finish: "stop", usage, model: "model", ...parts };
}

async function untilAborted(reply: Promise<string>, signal: AbortSignal): Promise<string> {
  const aborted = new Promise<never>((_resolve, reject) => {
    signal.addEventListener("abort", () => reject(new BackendError("aborted", { kind: "aborted" })), { once: true });
  });
  return Promise.race([reply, aborted]);
}
