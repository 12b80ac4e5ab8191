import { existsSync, realpathSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";

/** Where this package's binary is in a project, and how it is run when the project has none. */
const binary = "node_modules/@jaunt/cli/dist/bin.js";

/**
 * Path of the installed binary, posix and relative to `from`, as found from the project upward; undefined when only a global `jaunt` can be
 * meant. Running it with node spares npx, which would take longer than the guard itself.
 */
function installedBinary(root: string, from: string): string | undefined {
  for (let folder = root; ; folder = dirname(folder)) {
    if (existsSync(join(folder, ...binary.split("/"))))
      return [...relative(real(from), real(folder)).split(sep), binary].filter((part) => part !== "").join("/");
    if (dirname(folder) === folder) return undefined;
  }
}

/** Command line of Claude Code's hook. Where it finds no binary it ends in a way that blocks nothing. */
export function claudeHookCommand(root: string, dest: string): string {
  const found = installedBinary(root, dest);
  return found === undefined ? "jaunt guard --hook claude" : `node "$CLAUDE_PROJECT_DIR/${found}" guard --hook claude`;
}

/** Lines of the git hook, for a shell that starts at the top of the working tree. */
export function gitHookLines(root: string, top: string): readonly string[] {
  const found = installedBinary(root, top);
  const folder = relative(real(top), real(root)).split(sep).join("/");
  const rest = `guard --git${folder === "" ? "" : ` --root ${quote(folder)}`} || exit 1`;
  const [there, run] =
    found === undefined
      ? ["command -v jaunt >/dev/null 2>&1", `jaunt ${rest}`]
      : [`[ -f ${quote(found)} ]`, `node ${quote(found)} ${rest}`];
  return [
    "# Refuses hand edits of what Jaunt generated; `jaunt skill export --guard` wrote this.",
    `if ${there}; then`,
    `  ${run}`,
    "fi",
  ];
}

function real(folder: string): string {
  return existsSync(folder) ? realpathSync(folder) : folder;
}

function quote(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
