import { join } from "node:path";
import { Client, type CallToolResult, type Progress, type RequestOptions } from "@modelcontextprotocol/client";
import { StdioClientTransport } from "@modelcontextprotocol/client/stdio";
import { repositoryRoot } from "@jaunt/testkit";
import { problemsOfDocument } from "../documents.ts";

/** What a tool answered: its document, whether it is an error or not. */
export interface ToolAnswer {
  readonly isError: boolean;
  readonly structured: unknown;
  // oxlint-disable-next-line typescript/no-explicit-any -- tests look into documents of many shapes
  readonly text: any;
}

/** An official client on a `jaunt mcp serve` of its own. */
export interface McpSession {
  readonly client: Client;
  readonly pid: number;
  call(name: string, input?: Readonly<Record<string, unknown>>, options?: RequestOptions): Promise<ToolAnswer>;
  close(): Promise<void>;
}

export interface SessionOptions {
  /** Default `modern`: the 2026 protocol; `legacy` is the handshake of 2025. */
  readonly era?: "modern" | "legacy";
  readonly env?: Readonly<Record<string, string>>;
}

export type { Progress };

/** Starts the built binary as a server for the project in `root`, and connects. */
export async function openSession(
  root: string,
  { era = "modern", env = {} }: SessionOptions = {},
): Promise<McpSession> {
  const transport = new StdioClientTransport({
    command: process.execPath,
    args: [join(repositoryRoot(), "packages/cli/dist/bin.js"), "mcp", "serve"],
    cwd: root,
    env: { PATH: process.env["PATH"] ?? "", HOME: root, ...env },
    stderr: "pipe",
  });
  const client = new Client(
    { name: "test agent", version: "1.0.0" },
    { versionNegotiation: { mode: era === "modern" ? { pin: "2026-07-28" } : "legacy" } },
  );
  await client.connect(transport);
  return {
    client,
    pid: transport.pid ?? 0,
    async call(name, input = {}, options = {}) {
      const result = (await client.callTool({ name, arguments: input }, options)) as CallToolResult;
      const [first] = result.content;
      const text = first?.type === "text" ? first.text : "";
      const answer = { isError: result.isError === true, structured: result.structuredContent, text: parse(text) };
      refuseUnpublished(name, answer);
      return answer;
    },
    close: () => client.close(),
  };
}

/** Every answer of every tool is a document of a published schema; what the protocol itself refuses is plain text. */
function refuseUnpublished(tool: string, { structured, text, isError }: ToolAnswer): void {
  if (isError && typeof text === "string") return;
  const problems = problemsOfDocument(isError ? text : structured);
  if (problems.length > 0) throw new Error(`The answer of ${tool} is not as published:\n${problems.join("\n")}`);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
