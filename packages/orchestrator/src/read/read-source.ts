import { readFileSync } from "node:fs";
import { JauntError, type SpecSource } from "@jaunt/core";
import { contentHash } from "../cache/file-ledger.ts";
import type { LoadedProject } from "../load-project.ts";
import { nativePath } from "../write/native-path.ts";
import { decodeText } from "./decode-text.ts";
import type { LoadedModule } from "./read-specs.ts";

/**
 * The text of a module's spec file, which its spans point into.
 * @throws {JauntError} with code `changed-meanwhile` when the file is not the one that was read
 */
export function readSource(
  root: string,
  { module, hash }: LoadedModule,
  { originsOf }: Pick<LoadedProject, "originsOf">,
): SpecSource {
  const bytes = readNow(root, module.path);
  const decoded = bytes === undefined || contentHash(bytes) !== hash ? undefined : decodeText(bytes);
  if (decoded !== undefined && "text" in decoded) return { module, text: decoded.text, definedIn: originsOf(module) };
  throw new JauntError(`${module.path} changed while Jaunt was reading the project.`, {
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
