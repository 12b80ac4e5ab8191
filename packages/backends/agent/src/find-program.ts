import { accessSync, constants, statSync } from "node:fs";
import { isAbsolute, join } from "node:path";

/**
 * The absolute native path of a program, looked for as the system would but only in absolute folders of the PATH: a relative one would
 * be looked up in whatever folder a command runs in.
 */
export function findProgram(
  command: string,
  environment: Readonly<Record<string, string | undefined>>,
  platform: NodeJS.Platform,
): string | undefined {
  const windows = platform === "win32";
  const path = valueOf("PATH", environment) ?? "";
  const endings = windows ? [".exe", ".cmd"] : [""];
  return path
    .split(windows ? ";" : ":")
    .filter((folder) => isAbsolute(folder))
    .flatMap((folder) => endings.map((ending) => join(folder, `${command}${ending}`)))
    .find(isProgram);
}

/** On Windows `Path` is the usual spelling. */
function valueOf(name: string, environment: Readonly<Record<string, string | undefined>>): string | undefined {
  return environment[name] ?? Object.entries(environment).find(([each]) => each.toUpperCase() === name)?.[1];
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}
