import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { posix } from "node:path";
import { atomicWrite } from "./atomic-write.ts";
import { nativePath } from "./native-path.ts";

/** Copies a file to `.jaunt/backups/`, once per content, and returns the copy's path; undefined when there is no file. */
export function backUp(root: string, path: string): string | undefined {
  const text = read(root, path);
  if (text === undefined) return undefined;
  const { dir, name, ext } = posix.parse(path);
  const content = createHash("sha256").update(text).digest("hex").slice(0, 12);
  const copy = posix.join(".jaunt/backups", dir, `${name}.${content}${ext}`);
  atomicWrite(root, copy, text);
  return copy;
}

function read(root: string, path: string): string | undefined {
  try {
    return readFileSync(nativePath(root, path), "utf8");
  } catch {
    return undefined;
  }
}
