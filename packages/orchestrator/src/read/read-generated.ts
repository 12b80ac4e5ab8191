import { hash } from "node:crypto";
import type { Digest, Target } from "@jaunt/core";
import { digest } from "@jaunt/core/digest";
import { parseGenerated, type Header, type ParsedFile } from "@jaunt/core/header";
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
  const content = ledger.hash(path);
  if (content === undefined) return undefined;
  const known = cached.get("generated", path, content) as GeneratedFile | undefined;
  const file = known ?? inspect(path, target, ledger);
  return { file, record: { kind: "generated", path, hash: content, value: file } };
}

/** Digest of the tokens of a generated body: a formatter does not change it, an edit does. */
export function bodyDigest(body: string, path: string, target: Target): Digest {
  return digest("jaunt.body/1", [tokensOf(body, path, target)]);
}

/** Digest of a generated body as it is written, for `Header.bodyBytes`. */
export function bodyBytes(body: string): string {
  return hash("sha256", body, "hex").slice(0, 32);
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
    bodyDigest: "header" in parsed ? currentDigest(parsed, path, target) : "",
  };
}

/** Taking a body apart is most of the work of reading it, and bytes that nobody touched have the digest they had. */
function currentDigest(
  { header, body }: Extract<ParsedFile, { readonly header: Header }>,
  path: string,
  target: Target,
): Digest {
  if (header.bodyDigest !== undefined && header.bodyBytes === bodyBytes(body)) return header.bodyDigest;
  return bodyDigest(body, path, target);
}

/** A copy, because parts of a text keep the whole of it in memory. */
function withoutBody(parsed: ParsedFile): ParsedFile {
  return structuredClone("header" in parsed ? { header: parsed.header, body: "" } : parsed);
}
