import type { TargetIo } from "@jaunt/core";

const lockFiles: readonly (readonly [file: string, command: string])[] = [
  ["package-lock.json", "npm install --save-dev"],
  ["pnpm-lock.yaml", "pnpm add --save-dev"],
  ["yarn.lock", "yarn add --dev"],
  ["bun.lock", "bun add --dev"],
];

/** The command that adds a package to a project, by its lock file, else by `packageManager` in package.json; npm when there is neither. */
export function installLine(name: string, io: TargetIo): string {
  const command =
    lockFiles.find(([file]) => io.readText(file) !== undefined)?.[1] ??
    lockFiles.find(([, command]) => command.startsWith(`${declaredManager(io)} `))?.[1] ??
    "npm install --save-dev";
  return `${command} ${name}`;
}

function declaredManager(io: TargetIo): string | undefined {
  return /"packageManager"\s*:\s*"([a-z]+)@/.exec(io.readText("package.json") ?? "")?.[1];
}
