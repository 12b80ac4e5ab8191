import { causeText, JauntError, type Diagnostic } from "@jaunt/core";
import type { ErrorReport } from "@jaunt/orchestrator";
import { findErrorEntry } from "./errors/error-catalog.ts";
import { nextCommand } from "./errors/next-command.ts";
import { exitCodeOfError } from "./exit-code.ts";
import type { Manifest } from "./manifest.ts";

export interface ErrorContext {
  readonly command: string;
  /** The command line, for errors after which the same is to be run again. */
  readonly argv: readonly string[];
  readonly debug: boolean;
  readonly manifest: Manifest;
  /** Values of variables that hold keys are taken out of what others said. */
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** Any thrown value as plain data: what went wrong, why, what to do, what to run next, and the exit code. */
export function createErrorReport(thrown: unknown, { command, argv, debug, manifest, env }: ErrorContext): ErrorReport {
  const error = asJauntError(thrown, manifest);
  const hint = error.hint ?? findErrorEntry(error.code)?.mend ?? unknownHint;
  const diagnostics = diagnosticsOf(error);
  const stack = debug && thrown instanceof Error ? thrown.stack : undefined;
  return {
    schema: "jaunt.error/1",
    command,
    error: {
      code: error.code,
      message: error.message,
      cause: causeText(error, secretsOf(env)) ?? null,
      hint,
      exit_code: exitCodeOfError(error),
      next: nextCommand(error.code, hint, argv),
      ...(diagnostics.length === 0 ? {} : { diagnostics }),
      ...(stack === undefined ? {} : { stack }),
    },
  };
}

/** Of errors that plug-ins throw with codes of their own. */
const unknownHint = "`jaunt doctor` checks the tools, the configuration and the key.";

/** What the system refuses is no bug of ours, and says enough by itself. */
const systemHints: Readonly<Record<string, string>> = {
  EACCES: "Check who may read and write this file, or run Jaunt as its owner.",
  EPERM: "Check who may read and write this file, and that no other program holds it open.",
  EROFS: "The file system is read-only; run Jaunt on a copy that can be written.",
  ENOSPC: "The disk is full; free some space and run the command again. What was finished is kept.",
  EDQUOT: "The disk quota is used up; free some space and run the command again. What was finished is kept.",
  EMFILE: "Too many files are open; raise the limit (`ulimit -n`) or lower --jobs.",
  ENFILE: "Too many files are open on this machine; close other programs or lower --jobs.",
  ENAMETOOLONG: "A path is longer than this system allows; use a shorter one.",
  ENOTDIR: "A part of the path is a file, not a folder; name another path.",
  EISDIR: "It is a folder where a file is needed; name another path.",
  EEXIST: "A file is where a folder has to be; name another path.",
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

/** Shorter values are more likely to be words. */
const shortestSecret = 8;

function secretsOf(env: ErrorContext["env"]): readonly string[] {
  return Object.entries(env).flatMap(([name, value = ""]) =>
    /KEY|TOKEN|SECRET|PASSWORD|CREDENTIAL/i.test(name) && value.length >= shortestSecret ? [value] : [],
  );
}
