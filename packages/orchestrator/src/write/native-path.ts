import { join, relative, sep } from "node:path";

/** Absolute native path of a posix path relative to `root`. */
export function nativePath(root: string, path: string): string {
  // Called for every file of a project, so the common case takes no normalising.
  return sep === "/" ? `${root}/${path}` : join(root, ...path.split("/"));
}

/** Posix path relative to `root` of an absolute native path; starts with `..` when it lies outside. */
export function projectPath(root: string, native: string): string {
  return relative(root, native).split(sep).join("/") || ".";
}
