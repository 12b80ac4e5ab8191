/** Folder of a posix path; `.` for a file of the root. */
export function directoryOf(path: string): string {
  const slash = path.lastIndexOf("/");
  return slash === -1 ? "." : path.slice(0, slash);
}

/** Joins and normalises posix paths relative to the root; `..` above the root stays. */
export function joinPaths(...parts: readonly string[]): string {
  const result: string[] = [];
  for (const part of parts.join("/").split("/")) {
    if (part === "" || part === ".") continue;
    if (part === ".." && result.length > 0 && result.at(-1) !== "..") result.pop();
    else result.push(part);
  }
  return result.length === 0 ? "." : result.join("/");
}

/** The way from a folder to a file as a relative specifier: `./x.ts`, `../x.ts`. */
export function relativeTo(directory: string, path: string): string {
  const from = directory === "." ? [] : directory.split("/");
  const to = path.split("/");
  let shared = 0;
  while (shared < from.length && shared < to.length - 1 && from[shared] === to[shared]) shared += 1;
  const up = from.slice(shared).map(() => "..");
  return [...(up.length === 0 ? ["."] : up), ...to.slice(shared)].join("/");
}
