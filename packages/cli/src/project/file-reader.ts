import { readFileSync } from "node:fs";
import { join } from "node:path";
import { findRoot } from "./find-root.ts";

/** Reads project files for source frames as they are now, for a watch sees many versions of one. */
export function createFileReader(cwd: string, root: string | undefined): (path: string) => string | undefined {
  return (path) => {
    try {
      return readFileSync(join(findRoot(cwd, root), path), "utf8").replace(/^\uFEFF/, "");
    } catch {
      return undefined;
    }
  };
}
