import { shellArgument as argument, type ModuleId, type Role } from "@jaunt/core";
import type { ModuleState } from "@jaunt/core/plan";

export { argument };

/** The command that mends a module in this state; undefined when nothing is to be done. */
export function nextCommand(id: ModuleId, state: ModuleState, role: Role = "build"): string | undefined {
  const command = `jaunt ${role}`;
  switch (state) {
    case "current":
      return undefined;
    case "unbuilt":
    case "stale":
    case "failed":
      return `${command} --target ${argument(id)}`;
    case "blocked":
      return `${command} --target ${argument(`+${id}`)}`;
    case "edited":
    case "outdated":
      return `${command} --force --target ${argument(id)}`;
    case "orphaned":
      return `jaunt clean --orphans --target ${argument(id)}`;
  }
}
