import type { GenerateResponse, Usage } from "@jaunt/core";

/** One coding agent: how it is found, called and read. */
export interface Agent {
  /** As people know it, for messages. */
  readonly title: string;
  /** The program's name on the PATH. */
  readonly command: string;
  /** The line that installs it. */
  readonly install: string;
  /** What signs in, as an order to a person. */
  readonly signIn: string;
  /** Variables of the agent's own that it may keep: where its files are and its own sign-in, never a provider's key. */
  readonly variables: readonly string[];
  /** The one of `variables` that by itself signs in, if any does. */
  readonly tokenVariable?: string;
  /** Files of which one exists where somebody signed in. */
  signInFiles(home: AgentHome): readonly string[];
  /** Whether its answer arrives in pieces, so that a long silence within it means something. */
  readonly streams: boolean;
  /** How to ask it for one answer. */
  call(request: AgentRequest): AgentCall;
  /** Starts reading the output of one call. */
  read(): AgentReader;
}

/** Where an agent's own files may be. */
export interface AgentHome {
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Absolute native path of the user's folder; empty when nobody tells. */
  readonly folder: string;
  readonly platform: NodeJS.Platform;
}

export interface AgentRequest {
  readonly system: string;
  readonly user: string;
  /** Empty: the agent's own default. */
  readonly model: string;
  readonly maxOutputTokens: number;
  /** Absolute native path that a file of the call will have. */
  pathOf(name: string): string;
}

export interface AgentCall {
  readonly args: readonly string[];
  /** For standard input. A prompt is no argument: those are limited in length and shown to every user of the machine. */
  readonly input: string;
  /** Settings of the agent, on top of what it inherits. */
  readonly environment: Readonly<Record<string, string>>;
  /** Texts by name, written before the call to where `pathOf` says: outside of the folder that the agent works in. */
  readonly files: Readonly<Record<string, string>>;
}

/** What is wanted after a line: more of it, a quick end by itself, or an end at once. */
export type Wanted = "more" | "end" | "stop";

/** Reads the JSON lines of one call. */
export interface AgentReader {
  add(value: unknown): Wanted;
  /** Characters of the answer so far. */
  outputCharacters(): number;
  /** How it came out; undefined while the agent has said nothing of it. */
  outcome(): AgentOutcome | undefined;
}

export type AgentOutcome =
  | {
      readonly type: "answer";
      readonly text: string;
      readonly finish: GenerateResponse["finish"];
      readonly finishDetail?: string;
      readonly usage: Usage | undefined;
      /** Empty when the agent does not tell. */
      readonly model: string;
    }
  | {
      readonly type: "failure";
      /** In the agent's words. */
      readonly said: string;
      /** HTTP status of its provider, when it tells. */
      readonly status: number | undefined;
    };
