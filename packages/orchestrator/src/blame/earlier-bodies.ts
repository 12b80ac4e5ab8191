import { readdirSync } from "node:fs";
import { posix } from "node:path";
import type { ModuleId, TargetIo } from "@jaunt/core";
import { parseGenerated } from "@jaunt/core/header";
import { nativePath } from "../write/native-path.ts";
import { readProjectText } from "../write/read-project-text.ts";

/** An earlier text of a generated file below its header. */
export interface EarlierBody {
  /** Where it is from, for a person: `git HEAD (1a2b3c4)`, or the path of a copy. */
  readonly from: string;
  readonly built: string;
}

/** The file that earlier texts are wanted of, with its text of now below the header. */
export interface BuiltFile {
  readonly module: ModuleId;
  readonly path: string;
  readonly built: string;
  readonly lineComment: string;
}

/** At most so many copies are looked at. */
const copiesAtMost = 3;

/** Other bodies that the same module had: the committed one, and copies that a build kept of what it replaced. Writes nothing. */
export async function findEarlierBodies(file: BuiltFile, io: TargetIo): Promise<readonly EarlierBody[]> {
  const committed = await committedText(file.path, io);
  const texts = [...(committed === undefined ? [] : [committed]), ...copies(file.path, io)];
  const seen = new Set([file.built]);
  return texts.flatMap(({ from, text }): readonly EarlierBody[] => {
    const parsed = parseGenerated(text, file.lineComment);
    if (!("header" in parsed) || parsed.header.kind !== "build" || parsed.header.sourceModule !== file.module)
      return [];
    if (seen.has(parsed.body)) return [];
    seen.add(parsed.body);
    return [{ from, built: parsed.body }];
  });
}

interface EarlierText {
  readonly from: string;
  readonly text: string;
}

/** Git may be missing, or the folder no repository: then there is none. */
async function committedText(path: string, io: TargetIo): Promise<EarlierText | undefined> {
  const git = ["git", "--no-optional-locks", "-c", "core.fsmonitor=false"];
  try {
    const { exitCode, stdout } = await io.exec([...git, "show", "--no-textconv", `HEAD:./${path}`], {
      timeoutMs: 5000,
    });
    if (exitCode !== 0) return undefined;
    const commit = await io.exec([...git, "rev-parse", "--short", "HEAD"], { timeoutMs: 5000 });
    return { from: `git HEAD (${commit.stdout.trim()})`, text: stdout };
  } catch (error) {
    if (io.signal.aborted) throw error;
    return undefined;
  }
}

/** Copies in `.jaunt/backups`, by name: `src/__generated__/a.ts` is kept as `src/__generated__/a.<12 hex>.ts`. */
function copies(path: string, { root }: TargetIo): readonly EarlierText[] {
  const { dir, name, ext } = posix.parse(path);
  const folder = posix.join(".jaunt/backups", dir);
  return namesIn(nativePath(root, folder))
    .filter(
      (each) =>
        each.startsWith(`${name}.`) &&
        each.endsWith(ext) &&
        /^[0-9a-f]{12}$/.test(each.slice(name.length + 1, -ext.length)),
    )
    .sort()
    .slice(0, copiesAtMost)
    .flatMap((each) => {
      const from = posix.join(folder, each);
      const text = readProjectText(root, from);
      return text === undefined ? [] : [{ from, text }];
    });
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
