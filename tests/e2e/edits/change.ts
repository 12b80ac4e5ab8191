import { mkdir, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { runProcess, type TemporaryProject } from "@jaunt/testkit";

/** One edit of a project folder, as a person, an editor or a tool makes it. */
export type Change = (project: TemporaryProject) => Promise<unknown>;

/** Several changes, one after the other. */
export function all(...changes: readonly Change[]): Change {
  return async (project) => {
    for (const change of changes) await change(project);
  };
}

/** Replaces the first `from` of a file. Throws when the file does not hold it: an edit that does nothing proves nothing. */
export function replace(path: string, from: string | RegExp, to: string): Change {
  return rewrite(path, (text) => text.replace(from, () => to));
}

/** Gives a file another text. Throws when it stays the same. */
export function rewrite(path: string, edit: (text: string) => string): Change {
  return async (project) => {
    const before = await project.read(path);
    const after = edit(before);
    if (after === before) throw new Error(`The edit of ${path} changes nothing.`);
    await project.write(path, after);
  };
}

/** Gives every file below `src` whose path fits another text. Throws when all stay the same. */
export function rewriteAll(fits: RegExp, edit: (text: string) => string): Change {
  return async (project) => {
    let changed = 0;
    for (const path of (await project.list("src")).filter((each) => fits.test(each))) {
      const before = await project.read(path);
      const after = edit(before);
      if (after === before) continue;
      await project.write(path, after);
      changed += 1;
    }
    if (changed === 0) throw new Error(`The edit of ${String(fits)} changes nothing.`);
  };
}

/** Writes a file whole. */
export function write(path: string, text: string): Change {
  return (project) => project.write(path, text);
}

/** Deletes a file or folder that exists. */
export function remove(path: string): Change {
  return (project) => rm(join(project.root, path), { recursive: true });
}

/** Moves a file or folder, making the folder it goes to. */
export function move(from: string, to: string): Change {
  return async (project) => {
    await mkdir(dirname(join(project.root, to)), { recursive: true });
    await rename(join(project.root, from), join(project.root, to));
  };
}

/** Runs a program in the project to a good end. */
export function run(program: string, ...args: readonly string[]): Change {
  return async (project) => {
    const result = await runProcess(program, args, { cwd: project.root });
    if (result.exitCode !== 0) throw new Error(`${program} ${args.join(" ")} failed: ${result.stdout}${result.stderr}`);
  };
}

/** Runs git with a name, without the user's own settings. */
export function git(...args: readonly string[]): Change {
  return run("git", "-c", "user.name=test", "-c", "user.email=test@example.com", "-c", "commit.gpgsign=false", ...args);
}
