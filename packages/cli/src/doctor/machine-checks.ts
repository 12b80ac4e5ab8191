import { readFileSync } from "node:fs";
import { join } from "node:path";
import { isInRepository, isJauntIgnored } from "../init/git-ignore.ts";
import { installLine } from "../project/install-line.ts";
import { packageVersion } from "../project/resolve-module.ts";
import type { DoctorCheck } from "../report.ts";
import { fail, ok, warn } from "./results.ts";

const oldestNode: readonly [number, number] = [20, 19];

/** Whether this Node can run Jaunt. */
export function checkNode(version: string): DoctorCheck {
  const [major = 0, minor = 0] = version.replace(/^v/, "").split(".").map(Number);
  const [oldestMajor, oldestMinor] = oldestNode;
  if (major > oldestMajor || (major === oldestMajor && minor >= oldestMinor)) return ok("node", version);
  const oldest = oldestNode.join(".");
  return fail("node", `${version} is too old`, `Install Node ${oldest} or newer.`);
}

/** Which version of a tool the project has of its own. */
export function checkTool(name: string, root: string): DoctorCheck {
  const version = packageVersion(name, root);
  if (version !== undefined) return ok(name, version);
  return warn(
    name,
    "is not installed in the project; checks use the one that Jaunt brings",
    `Run \`${installLine(root, [name])}\`.`,
  );
}

/** Whether caches and prompts stay out of the repository. */
export function checkIgnored(root: string): DoctorCheck {
  if (isJauntIgnored(root)) return ok("gitignore", ".jaunt/ is ignored");
  if (!isInRepository(root)) return ok("gitignore", "not a git repository");
  return warn(
    "gitignore",
    ".jaunt/ is not ignored by git: caches and prompts could be committed",
    "Add the line `.jaunt/` to .gitignore.",
  );
}

/** Whether a build is running, or a dead one left its lock behind. */
export function checkLock(root: string, isAlive: (pid: number) => boolean): DoctorCheck {
  const pid = lockOwner(join(root, ".jaunt", "lock"));
  if (pid === undefined) return ok("lock", "no build is running");
  if (isAlive(pid))
    return warn("lock", `process ${String(pid)} is building this project`, "Wait for it to end before you build.");
  return ok("lock", `process ${String(pid)} left a lock behind; the next build takes it over`);
}

function lockOwner(file: string): number | undefined {
  try {
    const { pid } = JSON.parse(readFileSync(file, "utf8")) as { readonly pid?: unknown };
    return typeof pid === "number" ? pid : undefined;
  } catch {
    return undefined;
  }
}
