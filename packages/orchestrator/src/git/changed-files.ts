import { posix } from "node:path";
import { JauntError, type ExecResult, type TargetIo } from "@jaunt/core";

/** What differs from where a branch left another. */
export interface ChangedFiles {
  /** Commit that both have in common, 40 hexadecimal digits or more. */
  readonly base: string;
  /** Posix paths relative to the project root; those outside start with `../`. Deleted files and both names of a renamed one count. */
  readonly paths: ReadonlySet<string>;
}

/** Runs git; nothing of the repository's own configuration may start a program or write. */
type Git = (...args: readonly string[]) => Promise<ExecResult>;

/**
 * Files that differ between the working tree and the commit where `revision` and `HEAD` parted: committed, staged, changed and
 * untracked ones. Writes nothing, not even git's index.
 * @throws {JauntError} with exit code 2 when there is no repository, no such revision, or nothing in common
 */
export async function findChangedFiles(revision: string, exec: TargetIo["exec"]): Promise<ChangedFiles> {
  const git: Git = (...args) => exec(["git", "--no-optional-locks", "-c", "core.fsmonitor=false", ...args]);
  const prefix = await findPrefix(git);
  const commit = await findCommit(git, revision);
  const base = await findBase(git, revision, commit);
  const differing = [
    "-c",
    "diff.relative=false",
    "diff",
    "--name-only",
    "-z",
    "--no-renames",
    "--no-ext-diff",
    base,
    "--",
  ];
  const untracked = ["ls-files", "--others", "--exclude-standard", "--full-name", "-z", "--", ":/"];
  const lists = [await succeed(git, differing), await succeed(git, untracked)];
  const paths = lists.flatMap((list) => list.split("\0")).filter((path) => path !== "");
  return { base, paths: new Set(paths.map((path) => (prefix === "" ? path : posix.relative(prefix, path)))) };
}

/** The project's folder in its repository, with a slash at its end; empty when it is the whole. */
async function findPrefix(git: Git): Promise<string> {
  const result = await git("rev-parse", "--is-inside-work-tree", "--show-prefix");
  const [inside, prefix = ""] = result.stdout.split("\n");
  if (result.exitCode === 0 && inside === "true") return prefix;
  throw new JauntError(`--since needs a git repository, and git finds none here${quote(result)}.`, {
    code: "no-repository",
    exitCode: 2,
    hint: "Run it in a clone, or run `jaunt check` without --since to check everything.",
  });
}

async function findCommit(git: Git, revision: string): Promise<string> {
  // Git takes no name that starts so for a revision, but for an option.
  if (revision !== "" && !revision.startsWith("-")) {
    const commit = await resolve(git, revision);
    if (commit !== undefined) return commit;
  }
  throw new JauntError(`--since: git knows no revision ${JSON.stringify(revision)}.`, {
    code: "unknown-revision",
    exitCode: 2,
    hint: await hintFor(git, revision),
  });
}

async function resolve(git: Git, revision: string): Promise<string | undefined> {
  const { exitCode, stdout } = await git("rev-parse", "--verify", "--quiet", `${revision}^{commit}`);
  const commit = stdout.trim();
  return exitCode === 0 && /^[0-9a-f]{40,64}$/.test(commit) ? commit : undefined;
}

async function hintFor(git: Git, revision: string): Promise<string> {
  const fetched = `origin/${revision}`;
  if (/^[\w./-]+$/.test(revision) && (await resolve(git, `refs/remotes/${fetched}`)) !== undefined)
    return `Did you mean ${fetched}?`;
  const depth = (await isShallow(git)) ? ` ${shallowHint}` : "";
  return `Name a branch, a tag or a commit that was fetched, for example \`git fetch origin main\` and --since origin/main.${depth}`;
}

const shallowHint =
  "This clone is shallow: `git fetch --unshallow`, or `fetch-depth: 0` of actions/checkout, gets the rest.";

async function isShallow(git: Git): Promise<boolean> {
  return (await git("rev-parse", "--is-shallow-repository")).stdout.trim() === "true";
}

async function findBase(git: Git, revision: string, commit: string): Promise<string> {
  const result = await git("merge-base", commit, "HEAD");
  const base = result.stdout.trim();
  if (result.exitCode === 0 && base !== "") return base;
  throw new JauntError(`--since: ${revision} and HEAD have no commit in common here${quote(result)}.`, {
    code: "no-merge-base",
    exitCode: 2,
    hint: (await isShallow(git)) ? shallowHint : "Name a revision that this branch comes from.",
  });
}

async function succeed(git: Git, args: readonly string[]): Promise<string> {
  const result = await git(...args);
  if (result.exitCode === 0) return result.stdout;
  throw new JauntError(`git could not list what changed${quote(result)}.`, {
    code: "git-failed",
    exitCode: 2,
    hint: "Run `git status` to see what is wrong, or `jaunt check` without --since.",
  });
}

/** What git itself says: an owner that it does not trust, for example. */
function quote({ stderr, timedOut }: ExecResult): string {
  const [line = ""] = stderr.trim().split("\n");
  return timedOut ? ": it took too long" : line === "" ? "" : ` (${line.replace(/\.$/, "")})`;
}
