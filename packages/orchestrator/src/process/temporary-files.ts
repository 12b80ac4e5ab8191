import { mkdir, rm, rmdir, writeFile } from "node:fs/promises";
import { posix } from "node:path";
import { JauntError } from "@jaunt/core";
import { nativePath } from "../write/native-path.ts";

/**
 * Writes files, does something and removes them again, with the folders that are then empty, whatever became of it.
 * @throws {JauntError} when one cannot be written, or would lie outside of `.jaunt`
 */
export async function withTemporaryFiles<Result>(
  root: string,
  files: ReadonlyMap<string, string>,
  action: () => Promise<Result>,
): Promise<Result> {
  const paths = [...files.keys()];
  for (const path of paths) refuseOutside(path);
  try {
    for (const [path, text] of files) await write(root, path, text);
    return await action();
  } finally {
    for (const path of paths) await remove(root, path);
  }
}

function refuseOutside(path: string): void {
  if (path.startsWith(".jaunt/") && posix.normalize(path) === path) return;
  throw new JauntError(`${path} is no place for a temporary file: these lie below .jaunt.`, {
    code: "temporary-file",
    exitCode: 1,
  });
}

async function write(root: string, path: string, text: string): Promise<void> {
  try {
    await mkdir(nativePath(root, posix.dirname(path)), { recursive: true });
    await writeFile(nativePath(root, path), text);
  } catch (cause) {
    throw new JauntError(`Cannot write ${path}: ${cause instanceof Error ? cause.message : String(cause)}.`, {
      code: "temporary-file",
      hint: "Check that the folder .jaunt can be written to and that the disk is not full.",
      exitCode: 2,
      cause,
    });
  }
}

async function remove(root: string, path: string): Promise<void> {
  try {
    await rm(nativePath(root, path), { force: true, maxRetries: 3 });
    for (let folder = posix.dirname(path); folder !== ".jaunt"; folder = posix.dirname(folder)) {
      await rmdir(nativePath(root, folder));
    }
  } catch {
    // Somebody else has files there, or it was never written; what stays is in nobody's way.
  }
}
