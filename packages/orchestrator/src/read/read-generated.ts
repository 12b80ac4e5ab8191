import type { Digest, Target } from "@jaunt/core";
import { digest } from "@jaunt/core/digest";
import { parseGenerated, type ParsedFile } from "@jaunt/core/header";
import type { GeneratedFile } from "@jaunt/core/plan";
import type { AnalysisRecord, AnalysisRecords } from "../cache/analysis-store.ts";
import type { FileLedger } from "../cache/file-ledger.ts";
import { decodeText } from "./decode-text.ts";

/** A generated file without its body, as planning needs it; undefined when there is no such file. */
export function readGenerated(
  path: string,
  target: Target,
  ledger: FileLedger,
  cached: AnalysisRecords,
): { readonly file: GeneratedFile; readonly record: AnalysisRecord } | undefined {
  const hash = ledger.hash(path);
  if (hash === undefined) return undefined;
  const known = cached.get("generated", path, hash) as GeneratedFile | undefined;
  const file = known ?? inspect(path, target, ledger);
  return { file, record: { kind: "generated", path, hash, value: file } };
}

/** Digest of the tokens of a generated body: a formatter does not change it, an edit does. */
export function bodyDigest(body: string, path: string, target: Target): Digest {
  return digest("jaunt.body/1", [tokensOf(body, path, target)]);
}

/** A hand edit may leave a text that cannot be taken apart; then every character counts. */
function tokensOf(body: string, path: string, target: Target): string {
  try {
    return target.tokens(body, path);
  } catch {
    return body;
  }
}

function inspect(path: string, target: Target, ledger: FileLedger): GeneratedFile {
  const decoded = decodeText(ledger.bytes(path) ?? Buffer.alloc(0));
  if (!("text" in decoded)) return { path, parsed: { problem: "missing", detail: decoded.message }, bodyDigest: "" };
  const parsed = parseGenerated(decoded.text, target.lineComment);
  return {
    path,
    parsed: withoutBody(parsed),
    bodyDigest: "header" in parsed ? bodyDigest(parsed.body, path, target) : "",
  };
}

/** A copy, because parts of a text keep the whole of it in memory. */
function withoutBody(parsed: ParsedFile): ParsedFile {
  return structuredClone("header" in parsed ? { header: parsed.header, body: "" } : parsed);
}
