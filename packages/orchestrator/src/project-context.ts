import { setMaxListeners } from "node:events";
import { readFileSync } from "node:fs";
import type { Role, Target, TargetIo } from "@jaunt/core";
import type { Config } from "@jaunt/core/config";
import type { Generator } from "@jaunt/core/header";
import type { FileLedger } from "./cache/file-ledger.ts";
import type { PaidBackend } from "./generate/paid-backend.ts";
import { execute } from "./process/execute.ts";
import type { RunEvent } from "./events.ts";
import type { Language, ProjectOptions } from "./project.ts";
import { decodeText } from "./read/decode-text.ts";
import { loadTemplates, type Templates } from "./render/templates.ts";
import { loadTelemetry, type Telemetry } from "./telemetry/telemetry.ts";
import { nativePath } from "./write/native-path.ts";

/** One opened project, as its commands share it. */
export interface ProjectContext {
  /** Absolute native path. */
  readonly root: string;
  readonly config: Config;
  readonly options: ProjectOptions;
  readonly signal: AbortSignal;
  emit(event: RunEvent): void;
  /** Present in a watch, whose rounds share one backend and one budget. */
  readonly paid?: PaidBackend;
  /** The prompt templates for modules of a role, read once. */
  templates(role: Role): Templates;
  /** Who would write a body now; the model is empty when only a call can tell it. */
  generator(role: Role): Generator;
  /** Spans and metrics, loaded on first need. */
  telemetry(): Promise<Telemetry>;
  /** The language's target, made on first need. */
  target(language: Language): Promise<Target>;
  /** Effects for a target; what it reads goes through `ledger`, where one is given, so that caches know of it. */
  io(ledger?: FileLedger): TargetIo;
  close(): Promise<void>;
}

/** A context that has done nothing yet. */
export function createContext(root: string, config: Config, options: ProjectOptions): ProjectContext {
  const signal = AbortSignal.any(options.signal === undefined ? [] : [options.signal]);
  // Every running module listens; that is no leak.
  setMaxListeners(0, signal);
  const targets = new Map<Language, Promise<Target>>();
  const templates = new Map<Role, Templates>();
  let telemetry: Promise<Telemetry> | undefined;
  const context: ProjectContext = {
    root,
    config,
    options,
    signal,
    emit: (event) => options.onEvent?.(event),
    templates(role) {
      const known = templates.get(role) ?? loadTemplates(root, config.prompts, role);
      templates.set(role, known);
      return known;
    },
    generator(role) {
      return { model: options.generatorModel?.(config) ?? "", prompt: context.templates(role).digest };
    },
    telemetry: () => (telemetry ??= loadTelemetry(options.toolVersion)),
    target(language) {
      const made = targets.get(language) ?? Promise.resolve(language.createTarget(config));
      targets.set(language, made);
      return made;
    },
    io: (ledger) => ({
      root,
      signal,
      exec: (argv, execOptions = {}) =>
        execute(argv, execOptions, { root, signal, environment: options.environment ?? {} }),
      readText: (path) => textOf(ledger === undefined ? readNow(root, path) : ledger.bytes(path)),
    }),
    async close() {
      for (const target of await Promise.all(targets.values())) await target.close?.();
      targets.clear();
    },
  };
  return context;
}

function readNow(root: string, path: string): Buffer | undefined {
  try {
    return readFileSync(nativePath(root, path));
  } catch {
    return undefined;
  }
}

function textOf(bytes: Buffer | undefined): string | undefined {
  if (bytes === undefined) return undefined;
  const decoded = decodeText(bytes);
  return "text" in decoded ? decoded.text : undefined;
}
