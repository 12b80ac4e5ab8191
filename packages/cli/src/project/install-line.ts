import { existsSync } from "node:fs";
import { dirname, join } from "node:path";

/** The command that adds packages to a project, for the package manager whose lock file is nearest; npm when there is none. */
export function installLine(
  root: string,
  packages: readonly string[],
  { dev = true }: { readonly dev?: boolean } = {},
): string {
  const command = packageManagerOf(root);
  const flag = dev ? ` ${devFlag[command]}` : "";
  return `${command} ${command === "npm" ? "install" : "add"}${flag} ${packages.join(" ")}`;
}

type PackageManager = "npm" | "pnpm" | "yarn" | "bun";

const devFlag: Readonly<Record<PackageManager, string>> = {
  npm: "--save-dev",
  pnpm: "--save-dev",
  yarn: "--dev",
  bun: "--dev",
};

const lockFiles: readonly (readonly [string, PackageManager])[] = [
  ["package-lock.json", "npm"],
  ["pnpm-lock.yaml", "pnpm"],
  ["yarn.lock", "yarn"],
  ["bun.lock", "bun"],
  ["bun.lockb", "bun"],
];

function packageManagerOf(root: string): PackageManager {
  for (let folder = root; ; folder = dirname(folder)) {
    const found = lockFiles.find(([name]) => existsSync(join(folder, name)));
    if (found !== undefined) return found[1];
    if (dirname(folder) === folder) return "npm";
  }
}
