import { JauntError } from "@jaunt/core";

/** Turns a failed disk operation on `path` (posix, relative to the root) into an error that says what to do. */
export function writeError(cause: unknown, path: string): JauntError {
  if (JauntError.isInstance(cause)) return cause;
  const code = (cause as NodeJS.ErrnoException | null)?.code ?? "unknown";
  const [why, hint] = explanations[code] ?? [
    cause instanceof Error ? cause.message : String(cause),
    "Check the folder and its permissions, then run the command again.",
  ];
  return new JauntError(`Cannot write ${path}: ${why}.`, {
    code: `write-${code.toLowerCase()}`,
    hint,
    exitCode: 3,
    cause,
  });
}

const explanations: Readonly<Record<string, readonly [why: string, hint: string]>> = {
  ENOSPC: ["the disk is full", "Free some space and run the command again; what was finished is kept."],
  EDQUOT: ["your disk quota is used up", "Free some space and run the command again; what was finished is kept."],
  EROFS: ["the file system is read-only", "Run Jaunt where the project can be written to."],
  EACCES: ["permission was denied", "Make the folder writable for you and run the command again."],
  EPERM: [
    "the operation is not permitted",
    "Make the folder writable for you, close programs that hold the file, and run the command again.",
  ],
  EBUSY: ["another program holds the file", "Close that program and run the command again."],
  ENOTDIR: ["a part of the path is a file, not a folder", "Move that file away, or change `[paths]` in jaunt.toml."],
  EEXIST: ["a file is where a folder has to be", "Move that file away and run the command again."],
  EISDIR: ["it is a folder", "Move that folder away and run the command again."],
  ENAMETOOLONG: ["the path is too long for this system", "Shorten the names of its folders."],
};
