import { mkdirSync, statSync } from "node:fs";
import { dirname } from "node:path";

/** Makes a folder (absolute) and those above it. Fails with what the system says of the first one that cannot be made. */
export function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true });
  } catch (cause) {
    // Node says "no such file" of a whole path that lies on a read-only or full disk.
    if ((cause as NodeJS.ErrnoException).code === "ENOENT") mkdirSync(firstMissing(folder));
    throw cause;
  }
}

function firstMissing(folder: string): string {
  const parent = dirname(folder);
  return parent === folder || statSync(parent, { throwIfNoEntry: false }) !== undefined ? folder : firstMissing(parent);
}
