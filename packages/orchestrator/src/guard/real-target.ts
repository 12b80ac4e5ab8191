import { lstatSync, readlinkSync, realpathSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";

/** Links that lead to links, before it counts as a circle. */
const maximumLinks = 40;

/**
 * The place that writing to an absolute native path would change: every symbolic link followed, those of its folders and a dangling one
 * too, on disks that ignore case in the case of the disk. What does not exist yet is kept as it is named.
 */
export function realTarget(file: string, links: number = maximumLinks): string {
  try {
    return realpathSync.native(file);
  } catch {
    const folder = dirname(file);
    if (folder === file || links === 0) return file;
    const link = readLink(file);
    if (link !== undefined) return realTarget(resolve(realTarget(folder, links - 1), link), links - 1);
    return join(realTarget(folder, links), basename(file));
  }
}

function readLink(file: string): string | undefined {
  try {
    return lstatSync(file).isSymbolicLink() ? readlinkSync(file) : undefined;
  } catch {
    return undefined;
  }
}
