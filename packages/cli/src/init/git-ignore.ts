import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** The text of a .gitignore with `.jaunt/` in it, and the name of files that a killed build left half written; undefined when it is there already. Line ends and a byte order mark stay. */
export function withJauntIgnored(text: string): string | undefined {
  if (ignoresJaunt(text)) return undefined;
  const newline = text.includes("\r\n") ? "\r\n" : "\n";
  const gap = text === "" || text.endsWith("\n") ? "" : newline;
  return `${text}${gap}.jaunt/${newline}*.jaunt-tmp${newline}`;
}

/** Whether `.jaunt/` is ignored for a project: by a .gitignore of its own or of a folder above, up to the repository's root. */
export function isJauntIgnored(root: string): boolean {
  for (let folder = root; ; folder = dirname(folder)) {
    const file = join(folder, ".gitignore");
    if (existsSync(file) && ignoresJaunt(readFileSync(file, "utf8"), folder !== root)) return true;
    if (existsSync(join(folder, ".git")) || dirname(folder) === folder) return false;
  }
}

/** Whether a folder lies in a git repository. */
export function isInRepository(root: string): boolean {
  for (let folder = root; ; folder = dirname(folder)) {
    if (existsSync(join(folder, ".git"))) return true;
    if (dirname(folder) === folder) return false;
  }
}

/** A leading slash means the .gitignore's own folder only, so in a folder above it does not reach the project. */
function ignoresJaunt(text: string, above = false): boolean {
  return text
    .replace(/^\uFEFF/, "")
    .split(/\r?\n/)
    .some((line) => (above ? /^(\*\*\/)?\.jaunt\/?$/ : /^(\*\*\/|\/)?\.jaunt\/?$/).test(line.trim()));
}
