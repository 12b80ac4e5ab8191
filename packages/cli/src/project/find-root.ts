import { existsSync, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { JauntError, shellArgument } from "@jaunt/core";

/** Name of the file that makes a folder a Jaunt project. */
export const configFile = "jaunt.toml";

/**
 * The project's root: `--root`, or the nearest folder upward from `cwd` that holds a jaunt.toml.
 * @throws {JauntError} `config-missing`, with exit code 2, when there is none
 */
export function findRoot(cwd: string, root: string | undefined): string {
  if (root !== undefined) return givenRoot(resolve(cwd, root));
  for (let folder = cwd; ; folder = dirname(folder)) {
    if (existsSync(join(folder, configFile))) return folder;
    if (dirname(folder) === folder) break;
  }
  throw missing(
    `There is no ${configFile} in ${cwd} or in any folder above it.`,
    "Run `jaunt init` there, or name the project with --root DIR.",
  );
}

/**
 * The folder that `--root` names, or `cwd`; it need not hold a jaunt.toml.
 * @throws {JauntError} `root-missing` when it is not a folder
 */
export function existingFolder(cwd: string, root: string | undefined): string {
  const folder = resolve(cwd, root ?? ".");
  if (isFolder(folder)) return folder;
  throw new JauntError(`--root ${folder} is not a folder.`, {
    code: "root-missing",
    exitCode: 2,
    hint: "Name an existing folder; a relative path starts at the current directory.",
  });
}

/** Names that the system cannot even look for are no folders either. */
function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch (error) {
    const { code = "" } = error as NodeJS.ErrnoException;
    if (["ENOENT", "ENOTDIR", "ENAMETOOLONG", "ELOOP"].includes(code)) return false;
    throw error;
  }
}

function givenRoot(root: string): string {
  existingFolder(root, undefined);
  if (existsSync(join(root, configFile))) return root;
  throw missing(
    `There is no ${configFile} in ${root}.`,
    `Run \`jaunt init --root ${shellArgument(root)}\`, or name a folder that holds one.`,
  );
}

function missing(message: string, hint: string): JauntError {
  return new JauntError(message, { code: "config-missing", exitCode: 2, hint });
}
