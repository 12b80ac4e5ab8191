import { JauntError } from "@jaunt/core";
import type { Git } from "./read-git.ts";

/** One staged change. Blobs are git's ids of contents; undefined where there is none. */
export interface StagedChange {
  /** Posix path relative to the top of the working tree. */
  readonly path: string;
  readonly before: string | undefined;
  readonly after: string | undefined;
}

/** What the next commit would change, renames as a deletion and an addition; compared with nothing before the first commit. */
export function stagedChanges(git: Git): readonly StagedChange[] {
  const compared = git(["diff", "--cached", "--raw", "-z", "--no-renames", "--no-ext-diff", "--no-abbrev"]);
  if (compared === undefined)
    throw new JauntError("git could not list what is staged.", {
      code: "git-failed",
      exitCode: 2,
      hint: "Run it in a repository; `git status` says what is wrong.",
    });
  const fields = compared.toString("utf8").split("\0");
  const changes: StagedChange[] = [];
  for (let index = 0; index + 1 < fields.length; index += 2) {
    const [, , before = "", after = ""] = (fields[index] ?? "").split(" ");
    changes.push({ path: fields[index + 1] ?? "", before: blobOf(before), after: blobOf(after) });
  }
  return changes;
}

/** Texts of blobs by their ids. */
export function readBlobs(git: Git, ids: readonly string[]): ReadonlyMap<string, Buffer> {
  const contents = new Map<string, Buffer>();
  if (ids.length === 0) return contents;
  const output = git(["cat-file", "--batch"], `${ids.join("\n")}\n`) ?? Buffer.alloc(0);
  let offset = 0;
  while (offset < output.length) {
    const newline = output.indexOf(0x0a, offset);
    const [id = "", kind, size] = output.toString("utf8", offset, newline).split(" ");
    offset = newline + 1;
    if (kind !== "blob") continue;
    contents.set(id, output.subarray(offset, offset + Number(size)));
    offset += Number(size) + 1;
  }
  return contents;
}

/** Git writes zeros for nothing. */
function blobOf(id: string): string | undefined {
  return /^0*$/.test(id) ? undefined : id;
}
