import { JauntError, type Diagnostic } from "@jaunt/core";
import { exitCodeOfError } from "./exit-code.ts";
import type { Manifest } from "./manifest.ts";
import type { ErrorReport } from "./report.ts";

export interface ErrorContext {
  readonly command: string;
  readonly debug: boolean;
  readonly manifest: Manifest;
}

/** Any thrown value as plain data: what went wrong, what to do, and the exit code. */
export function createErrorReport(thrown: unknown, { command, debug, manifest }: ErrorContext): ErrorReport {
  const error = asJauntError(thrown, manifest);
  const diagnostics = diagnosticsOf(error);
  const stack = debug && thrown instanceof Error ? thrown.stack : undefined;
  return {
    schema: "jaunt.error/1",
    command,
    error: {
      code: error.code,
      message: error.message,
      hint: error.hint ?? null,
      exit_code: exitCodeOfError(error),
      ...(diagnostics.length === 0 ? {} : { diagnostics }),
      ...(stack === undefined ? {} : { stack }),
    },
  };
}

/** What the system refuses is no bug of ours, and says enough by itself. */
const systemHints: Readonly<Record<string, string>> = {
  EACCES: "Check who may read and write this file, or run Jaunt as its owner.",
  EPERM: "Check who may read and write this file, and that no other program holds it open.",
  EROFS: "The file system is read-only; run Jaunt on a copy that can be written.",
  ENOSPC: "The disk is full; free some space and run the command again. What was finished is kept.",
  EDQUOT: "The disk quota is used up; free some space and run the command again. What was finished is kept.",
  EMFILE: "Too many files are open; raise the limit (`ulimit -n`) or lower --jobs.",
  ENFILE: "Too many files are open on this machine; close other programs or lower --jobs.",
  ELOOP: "A symbolic link points back at itself; remove it.",
};

function asJauntError(thrown: unknown, { name, version }: Manifest): JauntError {
  if (JauntError.isInstance(thrown)) return thrown;
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  const hint = systemHints[(thrown as NodeJS.ErrnoException | undefined)?.code ?? ""];
  if (hint !== undefined) return new JauntError(message, { code: "system-refused", exitCode: 2, hint, cause: thrown });
  return new JauntError(`Jaunt ${version} broke: ${message}`, {
    code: "internal-error",
    exitCode: 1,
    hint: `This is a bug in Jaunt, not in your project. Please report it with the output of --debug: \`npm bugs ${name}\` opens the place.`,
    cause: thrown,
  });
}

/** Some errors carry the located problems that they stand for. */
function diagnosticsOf(error: JauntError): readonly Diagnostic[] {
  const { diagnostics } = error as { readonly diagnostics?: unknown };
  return Array.isArray(diagnostics) ? (diagnostics as readonly Diagnostic[]) : [];
}
