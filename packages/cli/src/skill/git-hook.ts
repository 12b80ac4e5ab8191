import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { basename, dirname, join, relative, resolve, sep } from "node:path";
import { gitHookLines } from "./guard-command.ts";
import { shellMarks, withSection } from "./marked-section.ts";

/** Where the pre-commit hook goes and what it holds then; or why it is left to a person. */
export type HookPlan =
  | { readonly kind: "write"; readonly file: string; readonly text: string }
  | { readonly kind: "note"; readonly note: string };

/**
 * Plans git's pre-commit hook: in the folder that git takes hooks from, or in husky's. A hook that is there keeps its lines; one that is no shell
 * script, or that ends before a line at its end would run, is left to a person.
 * @throws {JauntError} `skill-marks` when its section is damaged
 */
export function planGitHook(root: string, version: string): HookPlan {
  const [top, hooks] = (git(root, ["rev-parse", "--show-toplevel", "--git-path", "hooks"]) ?? "").trim().split("\n");
  if (top === undefined || top === "" || hooks === undefined)
    return { kind: "note", note: "No git repository was found, so there is no pre-commit hook." };
  const lines = gitHookLines(root, top);
  const [, first = "", run = "", last = ""] = lines.map((line) => line.trim());
  const byHand = (why: string): HookPlan => ({
    kind: "note",
    note: `${why} Add this to it by hand: ${first} ${run}; ${last}`,
  });
  const folder = resolve(root, hooks);
  const husky = basename(folder) === "_" && basename(dirname(folder)) === ".husky";
  if (!husky && isShared(root, top, folder)) return byHand(`${folder} holds the git hooks of all your repositories.`);
  const file = join(husky ? dirname(folder) : folder, "pre-commit");
  const before = existsSync(file) ? readFileSync(file, "utf8") : husky ? "" : "#!/bin/sh\n";
  if (!husky && !/^#!.*\b(?:ba|z|da|k)?sh\b/.test(before)) return byHand(`${file} is no shell script.`);
  const text = withSection(before, { version, body: lines.join("\n") }, shellMarks, file);
  const above = text.slice(0, text.indexOf("# jaunt:begin"));
  if (/^(?:exit|exec)\b/m.test(above)) return byHand(`${file} ends before lines at its end would run.`);
  return { kind: "write", file, text };
}

/** Whether hooks come from outside the repository, by `core.hooksPath`. */
function isShared(root: string, top: string, folder: string): boolean {
  if ((git(root, ["config", "core.hooksPath"]) ?? "").trim() === "") return false;
  const path = relative(top, folder);
  return path === ".." || path.startsWith(`..${sep}`) || resolve(path) === path;
}

function git(cwd: string, args: readonly string[]): string | undefined {
  const { status, stdout } = spawnSync("git", [...args], { cwd, encoding: "utf8", windowsHide: true });
  return status === 0 ? stdout : undefined;
}
