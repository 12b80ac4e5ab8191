import { compare, type BenchResult } from "./result.ts";
import { jauntBinary, timeNode, timePair } from "./run-process.ts";

/** Start-up: `jaunt --version` against the smallest Node program there is. */
export function measureStart(): readonly BenchResult[] {
  const [version, floor] = timePair(
    15,
    () => timeNode([jauntBinary, "--version"]),
    () => timeNode(["-e", "0"]),
  );
  return [compare("--version against node -e 0", "ms", version, floor, 1.5)];
}
