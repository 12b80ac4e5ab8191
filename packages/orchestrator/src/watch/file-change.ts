/** What became of a file. `path` is posix and relative to the root. */
export interface FileChange {
  readonly path: string;
  readonly change: "added" | "changed" | "deleted";
}
