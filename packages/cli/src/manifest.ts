import { readFileSync } from "node:fs";

/** What the binary needs to know of its own package.json. */
export interface Manifest {
  readonly name: string;
  readonly version: string;
}

/** Reads this package's own package.json, which lies beside both `src` and `dist`. */
export function readManifest(): Manifest {
  return JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8")) as Manifest;
}
