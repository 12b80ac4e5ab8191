import { isAbsolute, resolve } from "node:path";
import { writtenPaths } from "./written-paths.ts";

/** What a PreToolUse event of Claude Code is about to write. */
export interface ToolWrites {
  /** Absolute native path that the agent works in. */
  readonly cwd: string;
  /** Absolute native paths. */
  readonly paths: readonly string[];
}

/** Tools that write one file, by the field of their input that names it. */
const fileFields: Readonly<Record<string, string>> = {
  Edit: "file_path",
  MultiEdit: "file_path",
  Write: "file_path",
  NotebookEdit: "notebook_path",
};

/**
 * Reads the JSON of an event: `tool_name`, `tool_input` and `cwd`. Tools that write nothing give no paths.
 * @throws {Error} with what is wrong when it is no such event
 */
export function readClaudeEvent(
  text: string,
  cwd: string,
  variables: Readonly<Record<string, string | undefined>>,
): ToolWrites {
  const event: unknown = JSON.parse(text);
  if (!isRecord(event)) throw new Error("it is no object");
  const { tool_name: tool, tool_input: input } = event;
  if (typeof tool !== "string") throw new Error("it has no tool_name");
  const folder = typeof event["cwd"] === "string" && isAbsolute(event["cwd"]) ? event["cwd"] : cwd;
  const field = Object.hasOwn(fileFields, tool) ? fileFields[tool] : undefined;
  if (field !== undefined) return { cwd: folder, paths: [resolve(folder, textIn(input, field, tool))] };
  if (tool !== "Bash") return { cwd: folder, paths: [] };
  const command = textIn(input, "command", tool);
  return {
    cwd: folder,
    paths: writtenPaths(command, { cwd: folder, variables: { ...variables, PWD: folder }, resolve }),
  };
}

function textIn(input: unknown, field: string, tool: string): string {
  const value = isRecord(input) ? input[field] : undefined;
  if (typeof value === "string" && value !== "") return value;
  throw new Error(`its tool_input has no ${field}, which ${tool} needs`);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
