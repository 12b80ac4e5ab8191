import { readFileSync } from "node:fs";
import { join } from "node:path";
import { findRoot } from "./find-root.ts";

/** Reads project files for source frames, each once; the project is looked for only when the first is wanted. */
export function createFileReader(cwd: string, root: string | undefined): (path: string) => string | undefined {
  const texts = new Map<string, string | undefined>();
  return (path) => {
    if (!texts.has(path)) texts.set(path, tryRead(cwd, root, path));
    return texts.get(path);
  };
}

function tryRead(cwd: string, root: string | undefined, path: string): string | undefined {
  try {
    return readFileSync(join(findRoot(cwd, root), path), "utf8").replace(/^\uFEFF/, "");
  } catch {
    return undefined;
  }
}
