import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A place for one call, empty but for what the call brings. */
export interface Workplace {
  /** Absolute native path of all of it. */
  readonly root: string;
  /** Absolute native path of an empty folder to work in. */
  readonly folder: string;
  /** Absolute native path for the agent's own temporary files: some write prompts there when a call fails. */
  readonly temporary: string;
  /** Absolute native path of a file of the call. */
  pathOf(name: string): string;
  write(files: Readonly<Record<string, string>>): Promise<void>;
  /** Removes it with whatever was left in it. */
  close(): Promise<void>;
}

/** Makes one below the system's temporary folder, which only this user may enter. */
export async function openWorkplace(): Promise<Workplace> {
  const root = await mkdtemp(join(tmpdir(), "jaunt-agent-"));
  const [folder, temporary, input] = [join(root, "work"), join(root, "tmp"), join(root, "input")] as const;
  for (const each of [folder, temporary, input]) await mkdir(each);
  const pathOf = (name: string): string => join(input, name);
  return {
    root,
    folder,
    temporary,
    pathOf,
    async write(files) {
      for (const [name, text] of Object.entries(files)) await writeFile(pathOf(name), text);
    },
    // Windows may hold files of a process that has just ended.
    close: () => rm(root, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 }),
  };
}
