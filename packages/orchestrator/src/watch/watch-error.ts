import { JauntError, type Diagnostic } from "@jaunt/core";
import type { ProjectContext } from "../project-context.ts";

/** Shows what would have stopped a build. What a stopped watch throws is nobody's concern. */
export function emitError(context: Pick<ProjectContext, "emit" | "signal">, error: unknown): void {
  if (context.signal.aborted) return;
  const known = JauntError.isInstance(error) ? error : undefined;
  context.emit({
    type: "watch-error",
    code: known?.code ?? "internal-error",
    message: error instanceof Error ? error.message : String(error),
    diagnostics: diagnosticsOf(error),
    ...(known?.hint === undefined ? {} : { hint: known.hint }),
  });
}

/** What a system that watches no more folders says, as an error with something to do. */
export function watchFailure(cause: unknown): JauntError {
  const { code, message } = cause as NodeJS.ErrnoException;
  const isLimit = code === "ENOSPC" || code === "EMFILE";
  return new JauntError(
    isLimit ? "The system lets this user watch no more folders." : `Watching a folder failed: ${message}.`,
    {
      code: "watch-failed",
      hint: isLimit
        ? "Raise the limit (on Linux `sudo sysctl fs.inotify.max_user_watches=524288`) and start the watch again. Until then some changes go unseen."
        : "Some changes may go unseen; start the watch again once it is mended.",
      exitCode: 3,
      cause,
    },
  );
}

function diagnosticsOf(error: unknown): readonly Diagnostic[] {
  const { diagnostics } = (error ?? {}) as { readonly diagnostics?: unknown };
  return Array.isArray(diagnostics) ? (diagnostics as readonly Diagnostic[]) : [];
}
