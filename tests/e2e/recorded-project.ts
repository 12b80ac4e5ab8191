import { mkdir, symlink } from "node:fs/promises";
import { dirname, join } from "node:path";

/** Recording files by path, one reply a module, for the replay backend's default folder. */
export function recordings(replies: Readonly<Record<string, string>>, attempt = 1): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(replies).map(([module, source]) => [
      `recordings/${module}.${String(attempt)}.md`,
      `<!-- jaunt:recording {"version":1} -->\n\`\`\`ts\n${source}\n\`\`\`\n`,
    ]),
  );
}

/** Links folders of a project into its node_modules, as a package manager does for a workspace. */
export async function linkFolders(
  root: string,
  links: readonly (readonly [link: string, folder: string])[],
): Promise<void> {
  for (const [link, folder] of links) {
    await mkdir(dirname(join(root, link)), { recursive: true });
    await symlink(join(root, folder), join(root, link), "junction");
  }
}
