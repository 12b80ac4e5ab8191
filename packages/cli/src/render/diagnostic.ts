import type { Diagnostic, Position, Severity } from "@jaunt/core";
import { cleanLine, cleanText } from "./escape.ts";
import { formatCount } from "./format.ts";
import { textWidth } from "./width.ts";
import type { View } from "./view.ts";

const shownAtMost = 50;

/**
 * Diagnostics as a compiler shows them: place, severity, code, message, source frame and hint. Equal ones are shown once; notes
 * on names that lead nowhere, and what comes after the first 50, only when the view is verbose.
 */
export function renderDiagnostics(diagnostics: readonly Diagnostic[], view: View): string {
  const wanted = view.verbose ? diagnostics : diagnostics.filter((diagnostic) => !isGraphNote(diagnostic));
  const unique = deduplicate(wanted);
  const shown = view.verbose ? unique : unique.slice(0, shownAtMost);
  const rest = unique.length - shown.length;
  const texts = shown.map(({ diagnostic, times }) => renderDiagnostic(diagnostic, view, times));
  if (rest > 0) texts.push(view.colors.dim(`… and ${formatCount(rest, "more problem")}; --verbose shows all`));
  return texts.join("\n");
}

function renderDiagnostic(diagnostic: Diagnostic, view: View, times: number): string {
  const { colors } = view;
  const place = diagnostic.file === undefined ? "" : colors.cyan(`${formatPlace(diagnostic)} `);
  const label = severityColor(diagnostic.severity, view)(`${diagnostic.severity} ${cleanLine(diagnostic.code)}`);
  const [first = "", ...others] = cleanText(diagnostic.message).trimEnd().split("\n");
  const repeated = times > 1 ? colors.dim(` (${String(times)} times)`) : "";
  const lines = [`${place}${label}: ${colors.bold(first)}${repeated}`, ...others.map((line) => `  ${line}`)];
  lines.push(...sourceFrame(diagnostic, view));
  if (diagnostic.hint !== undefined) lines.push(renderHint(diagnostic.hint, view));
  return lines.join("\n");
}

/** What to do, indented under what it belongs to. */
export function renderHint(hint: string, { colors }: View): string {
  const [first = "", ...others] = cleanText(hint).trim().split("\n");
  return [`  ${colors.green("hint:")} ${first}`, ...others.map((line) => `        ${line}`)].join("\n");
}

function isGraphNote({ code, severity }: Diagnostic): boolean {
  return severity === "info" && code.startsWith("graph/");
}

function deduplicate(
  diagnostics: readonly Diagnostic[],
): readonly { readonly diagnostic: Diagnostic; readonly times: number }[] {
  const byText = new Map<string, { readonly diagnostic: Diagnostic; times: number }>();
  for (const diagnostic of diagnostics) {
    const { file, start, severity, code, message } = diagnostic;
    const key = JSON.stringify([file, start?.line, start?.column, severity, code, message]);
    const known = byText.get(key);
    if (known === undefined) byText.set(key, { diagnostic, times: 1 });
    else known.times += 1;
  }
  return [...byText.values()];
}

function formatPlace({ file = "", start }: Diagnostic): string {
  const place = start === undefined ? "" : `:${String(start.line)}:${String(start.column)}`;
  return `${cleanLine(file)}${place}`;
}

function severityColor(severity: Severity, { colors }: View): (text: string) => string {
  return severity === "error" ? colors.red : severity === "warning" ? colors.yellow : colors.blue;
}

/** The line a diagnostic starts on, with the place underlined. */
function sourceFrame({ file, start, end, severity }: Diagnostic, view: View): readonly string[] {
  if (file === undefined || start === undefined) return [];
  const raw = view.readText(file)?.split(/\r?\n/)[start.line - 1];
  if (raw === undefined || start.column > raw.length + 1) return [];
  const number = String(start.line);
  const gutter = view.colors.dim(`${" ".repeat(number.length)} |`);
  const { text, column, length } = excerpt(raw, start, lastColumn(raw, start, end), view.width - number.length - 4);
  const underline = severityColor(severity, view)("^".repeat(length));
  return [gutter, `${view.colors.dim(`${number} |`)} ${text}`, `${gutter} ${" ".repeat(column)}${underline}`];
}

function lastColumn(raw: string, start: Position, end: Position | undefined): number {
  if (end === undefined) return start.column + 1;
  const sameLine = end.line === start.line ? end.column : raw.trimEnd().length + 1;
  return Math.max(sameLine, start.column + 1);
}

/** The part of a line around a range, tabs widened, so that a minified line does not fill the screen. */
function excerpt(
  raw: string,
  start: Position,
  endColumn: number,
  width: number,
): { readonly text: string; readonly column: number; readonly length: number } {
  const limit = Math.max(width, 20);
  const from = start.column - 1 > limit - 10 ? start.column - 1 - Math.floor(limit / 3) : 0;
  const to = from + limit;
  const before = expand(raw.slice(from, start.column - 1));
  const inside = expand(raw.slice(start.column - 1, Math.min(endColumn - 1, to)));
  const after = expand(raw.slice(Math.min(endColumn - 1, to), to));
  const [head, tail] = [from > 0 ? "…" : "", to < raw.length ? "…" : ""];
  return {
    text: `${head}${before}${inside}${after}${tail}`,
    column: textWidth(head + before),
    length: Math.max(1, textWidth(inside)),
  };
}

function expand(text: string): string {
  return cleanText(text).replaceAll("\t", "  ");
}
