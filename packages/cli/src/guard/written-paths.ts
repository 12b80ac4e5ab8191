import { readShell, type ShellWord } from "./shell-words.ts";

export interface ShellPlace {
  /** Absolute native path of the folder that the command starts in. */
  readonly cwd: string;
  readonly variables: Readonly<Record<string, string | undefined>>;
  /** Resolves a path from a folder, as `path.resolve` does. */
  readonly resolve: (folder: string, path: string) => string;
}

/**
 * Absolute native paths that a shell command plainly writes, moves or removes: redirections and the usual programs. What a shell has to work out
 * first is not known, and not guessed.
 */
export function writtenPaths(command: string, place: ShellPlace): readonly string[] {
  return pathsOf(command, place, 0);
}

/** Commands in commands that are looked into. */
const maximumDepth = 3;

function pathsOf(command: string, place: ShellPlace, level: number): readonly string[] {
  if (level > maximumDepth) return [];
  const { commands, nested } = readShell(command, place.variables);
  const found = nested.flatMap((text) => [...pathsOf(text, place, level + 1)]);
  const folders: (string | undefined)[] = [place.cwd];
  for (const { words, outputs, depth } of commands) {
    while (folders.length > depth + 1 && folders.length > 1) folders.pop();
    while (folders.length < depth + 1) folders.push(folders.at(-1));
    const cwd = folders.at(-1);
    const [program, ...operands] = withoutPrefixes(words);
    if (program === "cd") {
      const folder = operands.find((word) => word === undefined || !word.startsWith("-"));
      folders[folders.length - 1] = cwd === undefined || folder === undefined ? undefined : place.resolve(cwd, folder);
      continue;
    }
    const inner = program === undefined ? undefined : innerCommand(program, operands);
    if (inner !== undefined && cwd !== undefined) found.push(...pathsOf(inner, { ...place, cwd }, level + 1));
    const written = [...outputs, ...(program === undefined ? [] : writtenBy(nameOf(program), operands))];
    for (const path of written) {
      if (path === undefined || path === "" || cwd === undefined) continue;
      found.push(place.resolve(cwd, path));
    }
  }
  return found;
}

const prefixes: ReadonlySet<string> = new Set([
  "sudo",
  "command",
  "builtin",
  "exec",
  "env",
  "nohup",
  "time",
  "nice",
  "!",
  "{",
  "}",
  "then",
  "do",
  "else",
  "if",
  "elif",
  "while",
  "until",
]);

/** A command without what stands before it: assignments, shell words, programs that run another. */
function withoutPrefixes(words: readonly ShellWord[]): readonly ShellWord[] {
  const start = words.findIndex(
    (word) => word === undefined || !(prefixes.has(word) || /^[A-Za-z_]\w*=/.test(word) || word.startsWith("-")),
  );
  return start === -1 ? [] : words.slice(start);
}

function nameOf(program: string): string {
  return program.replace(/^.*[\\/]/, "").replace(/\.exe$/, "");
}

/** The command that a shell is told to run. */
function innerCommand(program: string, operands: readonly ShellWord[]): string | undefined {
  const name = nameOf(program);
  if (name === "eval") return operands.every((word) => word !== undefined) ? operands.join(" ") : undefined;
  if (!/^(?:ba|z|da|k)?sh$/.test(name)) return undefined;
  const flag = operands.findIndex((word) => word !== undefined && /^-[a-z]*c$/.test(word));
  return flag === -1 ? undefined : operands[flag + 1];
}

function writtenBy(name: string, words: readonly ShellWord[]): readonly ShellWord[] {
  const operands = withoutOptions(words);
  switch (name) {
    case "rm":
    case "rmdir":
    case "unlink":
    case "shred":
    case "truncate":
    case "touch":
    case "tee":
    case "sponge":
      return operands;
    case "mv":
      return [...operands, ...targetFolder(words)];
    case "cp":
    case "install":
    case "ln":
    case "rsync":
      return targetFolder(words).length > 0 ? targetFolder(words) : operands.slice(1).slice(-1);
    case "sed":
    case "perl":
    case "ruby":
      return isInPlace(words) ? filesOfScript(words) : [];
    case "dd":
      return words.flatMap((word) => (word?.startsWith("of=") === true ? [word.slice("of=".length)] : []));
    case "git":
      return operands[0] === "rm" || operands[0] === "mv" ? operands.slice(1) : [];
    default:
      return [];
  }
}

function withoutOptions(words: readonly ShellWord[]): readonly ShellWord[] {
  const end = words.indexOf("--");
  const rest = end === -1 ? [] : words.slice(end + 1);
  const before = end === -1 ? words : words.slice(0, end);
  return [...before.filter((word) => word === undefined || !/^-./.test(word)), ...rest];
}

function targetFolder(words: readonly ShellWord[]): readonly ShellWord[] {
  return words.flatMap((word, index) => {
    if (word === "-t" || word === "--target-directory") return [words[index + 1]];
    return word?.startsWith("--target-directory=") === true ? [word.slice("--target-directory=".length)] : [];
  });
}

/** `-i`, `-i.bak`, `-Ei`, `-pi`, `--in-place`. */
function isInPlace(words: readonly ShellWord[]): boolean {
  return words.some(
    (word) => word !== undefined && /^(?:-[a-zA-Z]*i(?:\W.*)?|-[a-zA-Z]*i[a-z]*|--in-place(?:=.*)?)$/.test(word),
  );
}

/** The files, without the script: the first operand, unless an option gives it. */
function filesOfScript(words: readonly ShellWord[]): readonly ShellWord[] {
  const script = words.findIndex((word) => word !== undefined && /^(?:-[a-zA-Z]*[ef]|--expression|--file)$/.test(word));
  if (script === -1) return withoutOptions(words).slice(1);
  return withoutOptions(words.filter((_, index) => index !== script + 1));
}
