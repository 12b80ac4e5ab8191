import { spawnSync } from "node:child_process";
import { closeSync, mkdirSync, mkdtempSync, openSync, realpathSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Whether file systems can be mounted here: as root on Linux, outside of stricter containers. */
export const canMount: boolean = tryToMount();

/** What a test's name says when it cannot run here. */
export const needsMount: string = canMount ? "" : " (skipped: mounting a file system needs root on Linux)";

/** A file system of its own, that can be full. */
export interface SmallDisk {
  /** Absolute native path. */
  readonly folder: string;
  /** Writes until nothing more fits. */
  fill(): void;
  /** Takes away what `fill` wrote. */
  free(): void;
  /** Makes it read-only. */
  freeze(): void;
  thaw(): void;
  close(): void;
}

/** Mounts an empty file system of `size` kilobytes in memory. */
export function mountSmallDisk(size: number): SmallDisk {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "jaunt-disk-")));
  run("mount", ["-t", "tmpfs", "-o", `size=${String(size)}k`, "tmpfs", folder]);
  const ballast = join(folder, "ballast");
  return {
    folder,
    fill() {
      const descriptor = openSync(ballast, "a");
      try {
        for (;;) writeSync(descriptor, Buffer.alloc(1024));
      } catch (cause) {
        if ((cause as NodeJS.ErrnoException).code !== "ENOSPC") throw cause;
      } finally {
        closeSync(descriptor);
      }
    },
    free: () => rmSync(ballast),
    freeze: () => run("mount", ["-o", "remount,ro", folder]),
    thaw: () => run("mount", ["-o", "remount,rw", folder]),
    close() {
      run("umount", ["-l", folder]);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function run(command: string, args: readonly string[]): void {
  const { status, stderr } = spawnSync(command, args, { encoding: "utf8" });
  if (status !== 0) throw new Error(`${command} ${args.join(" ")}: ${stderr}`);
}

function tryToMount(): boolean {
  if (process.platform !== "linux" || process.getuid?.() !== 0) return false;
  const folder = join(tmpdir(), `jaunt-mount-${String(process.pid)}`);
  mkdirSync(folder, { recursive: true });
  const mounted = spawnSync("mount", ["-t", "tmpfs", "tmpfs", folder]).status === 0;
  if (mounted) spawnSync("umount", [folder]);
  rmSync(folder, { recursive: true, force: true });
  return mounted;
}
