import { join, resolve } from "node:path";
import { compare, type BenchResult } from "./result.ts";
import { jauntBinary, timeNode, timePair } from "./run-process.ts";

/** Start-up: `jaunt --version`, and the hook that an agent waits for at each of its edits, against the smallest Node program there is. */
export function measureStart(project: string): readonly BenchResult[] {
  const floor = (): number => timeNode(["-e", "0"]);
  const cwd = resolve(project);
  const edit = {
    tool_name: "Edit",
    tool_input: { file_path: join(cwd, "package.json"), old_string: "a", new_string: "b" },
  };
  const input = JSON.stringify({ hook_event_name: "PreToolUse", cwd, ...edit });
  const version = timePair(15, () => timeNode([jauntBinary, "--version"]), floor);
  const guard = timePair(15, () => timeNode([jauntBinary, "guard", "--hook", "claude"], { cwd, input }), floor);
  return [
    compare("--version against node -e 0", "ms", ...version, 1.5),
    // On a quiet machine Node takes some 40 ms, so this is 120; the hook has 150.
    compare("guard --hook against node -e 0", "ms", ...guard, 3),
  ];
}
