import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { GlobalOptions } from "../command-line/invocation.ts";
import { findRoot } from "../project/find-root.ts";
import type { GuardReport } from "../report.ts";
import type { CommandContext } from "./command-context.ts";

/** Looks at the generated files of the next commit. */
export async function runGuard(
  globals: Pick<GlobalOptions, "root">,
  { terminal, services }: Pick<CommandContext, "terminal" | "services">,
): Promise<GuardReport> {
  const root = findRoot(terminal.cwd, globals.root);
  const [{ checkStaged }, { parseConfig }] = await Promise.all([
    import("@jaunt/orchestrator/guard"),
    import("@jaunt/core/config"),
  ]);
  const { checked, problems, merged } = await checkStaged({
    root,
    config: parseConfig(readFileSync(join(root, "jaunt.toml"), "utf8"), "jaunt.toml"),
    loadLanguages: services.loadLanguages,
    environment: terminal.env,
  });
  return { schema: "jaunt.guard/1", command: "guard", ok: problems.length === 0, checked, refused: problems, merged };
}
