import { rmSync } from "node:fs";

/** Deletes a file (absolute) that need not be there; nothing is there, either, below what is a file itself. */
export function removeFile(file: string): void {
  try {
    rmSync(file, { force: true });
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== "ENOTDIR") throw cause;
  }
}
