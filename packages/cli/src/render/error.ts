import type { ErrorReport } from "@jaunt/orchestrator";
import { renderDiagnostics, renderHint } from "./diagnostic.ts";
import { cleanText } from "./escape.ts";
import type { View } from "./view.ts";

/** An error that stopped a command: what, why, what to do. */
export function renderError({ error }: ErrorReport, view: View): string {
  const { colors } = view;
  const [first = "", ...others] = cleanText(error.message).trim().split("\n");
  const lines = [`${colors.red("error")}: ${colors.bold(first)}`, ...others.map((line) => `  ${line}`)];
  if (error.diagnostics !== undefined) lines.push(renderDiagnostics(error.diagnostics, view));
  lines.push(renderHint(error.hint, view));
  if (error.stack !== undefined) lines.push(colors.dim(cleanText(error.stack)));
  return lines.join("\n");
}
