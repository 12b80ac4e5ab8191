import type { Diagnostic, ModuleId, PromptPart, SpecSource } from "@jaunt/core";
import { nextCommand } from "../plan/next-command.ts";
import { delimit } from "../render/delimit.ts";
import { atomicWrite } from "./atomic-write.ts";
import { nativePath } from "./native-path.ts";
import { removeFile } from "./remove-file.ts";
import { safePath } from "./safe-path.ts";

/** Why a module could not be built, with all that a person needs to go on. */
export interface ModuleFailure {
  readonly source: SpecSource;
  /** Module digest that was asked for: a failure says nothing about a later spec. */
  readonly digest: string;
  readonly message: string;
  readonly attempts: number;
  readonly diagnostics: readonly Diagnostic[];
  /** What was wrong, attempt by attempt; the last is in `diagnostics`, too. */
  readonly rejections: readonly (readonly Diagnostic[])[];
  /** Source of the last reply, where there was one. */
  readonly candidate: string | undefined;
  /** The last prompt, where there was one. */
  readonly prompt: readonly PromptPart[] | undefined;
}

/** What the next run needs to know of a failure. */
export interface FailureRecord {
  readonly module: ModuleId;
  readonly digest: string;
  readonly detail: string;
}

/** Folder of all failures, posix, relative to the root. */
export const failureFolder = ".jaunt/failed";

/** Writes `.jaunt/failed/<module>.md` and the prompt beside it; returns the path of the former. */
export function writeFailure(root: string, failure: ModuleFailure): string {
  const path = failurePath(failure.source.module.id);
  if (failure.prompt !== undefined)
    atomicWrite(root, promptPath(failure.source.module.id), renderPromptDump(failure.prompt));
  atomicWrite(root, path, renderFailure(failure));
  return path;
}

/** Takes away what a failure of this module left behind. */
export function removeFailure(root: string, module: ModuleId): void {
  for (const path of failureFilesOf(module)) removeFile(nativePath(root, path));
}

/** Where a failure of this module is kept, first what a person reads; posix, relative to the root. */
export function failureFilesOf(module: ModuleId): readonly [report: string, prompt: string] {
  return [failurePath(module), promptPath(module)];
}

/** The first line of a failure file; undefined when it is none of ours. */
export function readFailure(text: string): FailureRecord | undefined {
  const line = text.slice(0, text.indexOf("\n"));
  if (!line.startsWith(opening) || !line.endsWith(closing)) return undefined;
  try {
    const { module, digest, detail } = JSON.parse(
      line.slice(opening.length, -closing.length),
    ) as Partial<FailureRecord>;
    return typeof module === "string" && typeof digest === "string" && typeof detail === "string"
      ? { module, digest, detail }
      : undefined;
  } catch {
    return undefined;
  }
}

/** A prompt as one text for people, its parts in order. */
export function renderPromptDump(prompt: readonly PromptPart[]): string {
  return prompt.map((part) => `<!-- ${part.role}: ${part.name} -->\n\n${part.text.trimEnd()}\n`).join("\n");
}

const opening = "<!-- jaunt:failed ";
const closing = " -->";

function failurePath(module: ModuleId): string {
  return `${failureFolder}/${safePath(module)}.md`;
}

function promptPath(module: ModuleId): string {
  return `${failureFolder}/${safePath(module)}.prompt.md`;
}

function renderFailure(failure: ModuleFailure): string {
  const { source, digest, message, attempts, diagnostics, candidate } = failure;
  const { id, path, role } = source.module;
  const record: FailureRecord = { module: id, digest, detail: message };
  const sections = [
    `${opening}${JSON.stringify(record).replaceAll(">", "\\u003e")}${closing}`,
    `# ${id} failed to build`,
    message,
    `Attempts: ${attempts}.${failure.prompt === undefined ? "" : ` The last prompt: \`${promptPath(id)}\`.`}`,
    `When the spec is right, ask again:\n\n    ${nextCommand(id, "failed", role) ?? ""}`,
    ...(role === "build"
      ? ["Or everything that failed, with what it holds up:\n\n    jaunt build --retry-failed"]
      : []),
    `## Problems\n\n${diagnostics.length === 0 ? "None were reported." : diagnostics.map(renderDiagnostic).join("\n")}`,
    ...renderEarlier(failure),
    `## Spec\n\n${delimit(`file ${path}`, source.text)}`,
    ...(candidate === undefined ? [] : [`## Last reply\n\n${delimit("reply", candidate)}`]),
  ];
  return `${sections.join("\n\n")}\n`;
}

/** What was wrong before the last attempt: what a model could not mend is often what the spec leaves open. */
function renderEarlier({ rejections }: ModuleFailure): readonly string[] {
  const earlier = rejections.slice(0, -1);
  if (earlier.length === 0) return [];
  const attempts = earlier.map(
    (diagnostics, index) => `### Attempt ${index + 1}\n\n${diagnostics.map(renderDiagnostic).join("\n")}`,
  );
  return [`## Earlier attempts\n\n${attempts.join("\n\n")}`];
}

function renderDiagnostic({ code, severity, message, file, start, hint }: Diagnostic): string {
  const place = file === undefined ? "" : `${file}${start === undefined ? "" : `:${start.line}:${start.column}`}: `;
  return `- ${place}${severity}: ${message} [${code}]${hint === undefined ? "" : `\n  ${hint}`}`;
}
