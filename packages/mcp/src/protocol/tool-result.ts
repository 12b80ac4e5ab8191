import { causeText, JauntError, type Diagnostic } from "@jaunt/core";
import type { ErrorReport } from "@jaunt/orchestrator";
import type { CallToolResult } from "@modelcontextprotocol/server";

/** A report as a tool's answer: the same document as structured content and, for older clients, as text. */
export function reportResult(report: object): CallToolResult {
  return {
    content: [{ type: "text", text: JSON.stringify(report) }],
    structuredContent: report as Record<string, unknown>,
  };
}

/** What stopped a tool, in the form that `--json` gives it, with the next thing to do. */
export function errorResult(command: string, thrown: unknown): CallToolResult {
  return { content: [{ type: "text", text: JSON.stringify(errorReport(command, thrown)) }], isError: true };
}

/** Any thrown value as plain data. */
export function errorReport(command: string, thrown: unknown): ErrorReport {
  const error = asJauntError(thrown);
  const { diagnostics } = error as { readonly diagnostics?: readonly Diagnostic[] };
  return {
    schema: "jaunt.error/1",
    command,
    error: {
      code: error.code,
      message: error.message,
      cause: causeText(error) ?? null,
      hint: error.hint ?? "`jaunt doctor` checks the tools, the configuration and the key.",
      exit_code: error.exitCode,
      next: nextStep(error),
      ...(diagnostics === undefined ? {} : { diagnostics }),
    },
  };
}

/** What an agent can do about it: build by itself where no model can be asked, else what the hint names first. */
function nextStep({ code, hint = "" }: JauntError): string {
  if (code.startsWith("provider-") || code === "model-missing" || code === "backend-auth")
    return 'jaunt_build { "mode": "delegate" }';
  const tool = /jaunt_\w+(?: \{[^}]*\})?/.exec(hint)?.[0];
  return /`(jaunt [^`]+)`/.exec(hint)?.[1] ?? tool ?? "jaunt doctor";
}

function asJauntError(thrown: unknown): JauntError {
  if (JauntError.isInstance(thrown)) return thrown;
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return new JauntError(`Jaunt broke: ${message}`, {
    code: "internal-error",
    exitCode: 1,
    hint: "This is a bug in Jaunt, not in your project. `jaunt doctor` shows what belongs into a report.",
    cause: thrown,
  });
}
