import { closeSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from "node:fs";
import { dirname } from "node:path";
import { makeFolder } from "./make-folder.ts";
import { nativePath } from "./native-path.ts";
import { refuseEscape } from "./refuse-escape.ts";
import { removeFile } from "./remove-file.ts";
import { temporaryPath } from "./temporary-file.ts";
import { writeError } from "./write-error.ts";

/**
 * Writes a file of the project whole or not at all: temporary file beside it, fsync, rename. `path` is posix and relative to
 * `root`. Returns false, and touches nothing, when the file already holds these bytes.
 * @throws {JauntError} when it cannot be written, or a symbolic link would lead the write out of the root
 */
export function atomicWrite(root: string, path: string, text: string): boolean {
  const target = nativePath(root, path);
  try {
    // A folder of recordings or prompts need not exist yet.
    makeFolder(root);
    refuseEscape(root, path);
    const bytes = Buffer.from(text, "utf8");
    if (currentBytes(target)?.equals(bytes) === true) return false;
    makeFolder(dirname(target));
    replace(target, bytes);
    return true;
  } catch (cause) {
    throw writeError(cause, path);
  }
}

function currentBytes(target: string): Buffer | undefined {
  try {
    return readFileSync(target);
  } catch {
    return undefined;
  }
}

function replace(target: string, bytes: Buffer): void {
  const temporary = temporaryPath(target);
  try {
    const descriptor = openSync(temporary, "w");
    try {
      for (let written = 0; written < bytes.length;) written += writeSync(descriptor, bytes, written);
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
    renameSync(temporary, target);
  } catch (cause) {
    removeFile(temporary);
    throw cause;
  }
}
