import { readFileSync } from "node:fs";
import { JauntError } from "@jaunt/core";
import { contentHash } from "../cache/file-ledger.ts";
import { nativePath } from "../write/native-path.ts";
import { decodeText } from "./decode-text.ts";

/**
 * The text of a file whose bytes still have the digest `hash`.
 * @throws {JauntError} with code `changed-meanwhile` when they have not, or it is gone
 */
export function readAsPlanned(root: string, path: string, hash: string): string {
  const bytes = readNow(root, path);
  const decoded = bytes === undefined || contentHash(bytes) !== hash ? undefined : decodeText(bytes);
  if (decoded !== undefined && "text" in decoded) return decoded.text;
  throw new JauntError(`${path} changed while Jaunt was reading the project.`, {
    code: "changed-meanwhile",
    hint: "Run the command again.",
    exitCode: 3,
  });
}

function readNow(root: string, path: string): Buffer | undefined {
  try {
    return readFileSync(nativePath(root, path));
  } catch {
    return undefined;
  }
}
