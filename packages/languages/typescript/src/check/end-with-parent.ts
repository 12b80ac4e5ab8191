import { spawn, type ChildProcess } from "node:child_process";

/**
 * Ends `child` when this process is gone, however it went. The child's own input closes then, too, but one that is waiting for an
 * answer from here, or is busy, does not look at it. Windows ties children to their parent by itself.
 */
export function endWithParent(child: ChildProcess): void {
  if (process.platform === "win32" || child.pid === undefined) return;
  // Nobody but this process holds the other end of the guard's input. The guard must survive what Ctrl-C sends to the group.
  const guard = spawn("/bin/sh", ["-c", 'read -r _; kill -KILL "$1"', "jaunt", String(child.pid)], {
    stdio: ["pipe", "ignore", "ignore"],
    detached: true,
  });
  guard.on("error", () => undefined);
  guard.stdin.on("error", () => undefined);
  child.once("exit", () => guard.kill("SIGKILL"));
  guard.unref();
  (guard.stdin as typeof guard.stdin & { unref?(): void }).unref?.();
}
