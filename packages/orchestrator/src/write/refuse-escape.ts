import { lstatSync, realpathSync } from "node:fs";
import { dirname, isAbsolute, posix, relative, sep } from "node:path";
import { JauntError } from "@jaunt/core";
import { nativePath } from "./native-path.ts";

/**
 * Refuses a path that leaves `root`, as written or through symbolic links of its folders or of the file itself.
 * @throws {JauntError} with code `write-outside-project`
 */
export function refuseEscape(root: string, path: string): void {
  if (posix.isAbsolute(path) || posix.normalize(path).split("/").includes(".."))
    throw escape(path, "the path leaves the project");
  const home = realpathSync(root);
  const target = nativePath(root, path);
  if (isLink(target)) throw escape(path, "it is a symbolic link");
  if (!isInside(home, realpathSync(existingFolder(target, root))))
    throw escape(path, "a symbolic link leads out of the project");
}

function isLink(target: string): boolean {
  return lstatSync(target, { throwIfNoEntry: false })?.isSymbolicLink() === true;
}

function existingFolder(target: string, root: string): string {
  let folder = dirname(target);
  while (folder !== root && lstatSync(folder, { throwIfNoEntry: false }) === undefined) folder = dirname(folder);
  return folder;
}

function isInside(home: string, folder: string): boolean {
  const path = relative(home, folder);
  return path === "" || (path !== ".." && !path.startsWith(`..${sep}`) && !isAbsolute(path));
}

function escape(path: string, why: string): JauntError {
  return new JauntError(`Refusing to write ${path}: ${why}.`, {
    code: "write-outside-project",
    hint: "Jaunt writes only inside the project. Replace the link by a real folder or file.",
    exitCode: 3,
  });
}
