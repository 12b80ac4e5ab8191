import type { Candidate, Diagnostic, Span } from "@jaunt/core";
import { readSpecFile, type SpecFile } from "../compose/spec-file.ts";
import { parseSource, type ParsedSource } from "../syntax/parse-source.ts";
import { locate } from "../syntax/position.ts";

/** A candidate with its two texts taken apart: what the checks of names, policy and signatures look at. */
export interface Reply {
  readonly candidate: Candidate;
  readonly spec: SpecFile;
  readonly parsed: ParsedSource;
}

/** A problem before it has a place in a file. */
export interface Finding {
  readonly code: string;
  readonly message: string;
  readonly span: Span;
  readonly hint?: string;
}

/** Parses a candidate's body under a virtual path that says where it belongs: `src/email.reply.ts`. */
export function parseReply(candidate: Candidate): ParsedSource {
  const { id, path } = candidate.source.module;
  return parseSource(`${id}.reply.${path.endsWith("x") ? "tsx" : "ts"}`, candidate.body);
}

/** Everything the rungs after parsing need. */
export function readReply(candidate: Candidate, parsed: ParsedSource): Reply {
  return { candidate, spec: readSpecFile(candidate.source), parsed };
}

/** Findings as diagnostics of the reply's virtual file: each place and message once, in the order of the text. */
export function diagnosticsOf(findings: readonly Finding[], { path, text }: ParsedSource): readonly Diagnostic[] {
  const seen = new Set<string>();
  const distinct = findings.filter(({ code, message, span }) => {
    const key = `${span.start} ${code} ${message}`;
    return !seen.has(key) && seen.add(key);
  });
  return distinct.toSorted((a, b) => a.span.start - b.span.start).map((finding) => diagnosticOf(finding, path, text));
}

function diagnosticOf({ code, message, span, hint }: Finding, path: string, text: string): Diagnostic {
  const place = locate(path, text, span);
  return { code, severity: "error", message, ...place, ...(hint === undefined ? {} : { hint }) };
}
