/** One word of a command line; undefined when a shell has to work it out. Patterns and braces stay as they are written. */
export type ShellWord = string | undefined;

/** One simple command: its words, and the files that its output is sent to. */
export interface ShellCommand {
  readonly words: readonly ShellWord[];
  readonly outputs: readonly ShellWord[];
  /** How many parentheses it stands in. */
  readonly depth: number;
}

export interface ShellText {
  readonly commands: readonly ShellCommand[];
  /** Texts of command substitutions, to be read as commands of their own. */
  readonly nested: readonly string[];
}

/**
 * Takes a shell's command line apart as far as it is plain: quotes, escapes, variables that are known, redirections, here-documents.
 * It never fails; what it does not understand it passes over.
 */
export function readShell(text: string, variables: Readonly<Record<string, string | undefined>>): ShellText {
  const reader: Reader = { text, at: 0, variables, nested: [], hereDocuments: [] };
  const commands: ShellCommand[] = [];
  let depth = 0;
  let words: ShellWord[] = [];
  let outputs: ShellWord[] = [];
  const end = (): void => {
    if (words.length > 0 || outputs.length > 0) commands.push({ words, outputs, depth });
    words = [];
    outputs = [];
  };
  while (reader.at < text.length) {
    const redirection = take(reader, /(?:\d*|&)>(?:>|\||&(?![\d-]))?[ \t]*/y);
    if (redirection !== undefined) {
      // `2>&1` names no file.
      if (take(reader, /&(?:\d+|-)/y) === undefined) outputs.push(readWord(reader));
    } else if (take(reader, /<<<[ \t]*/y) !== undefined) {
      readWord(reader);
    } else if (take(reader, /\d*<<-?[ \t]*/y) !== undefined) {
      reader.hereDocuments.push(readWord(reader) ?? "");
    } else if (take(reader, /\d*<&?[ \t]*/y) !== undefined) {
      readWord(reader);
    } else if (take(reader, /\n/y) !== undefined) {
      end();
      skipHereDocuments(reader);
    } else if (take(reader, /[ \t\r]+|\\\r?\n/y) !== undefined || take(reader, /#[^\n]*/y) !== undefined) {
      // Nothing stands there.
    } else if (take(reader, /\(/y) !== undefined) {
      end();
      depth += 1;
    } else if (take(reader, /\)/y) !== undefined) {
      end();
      depth -= 1;
    } else if (take(reader, /[;&|]+/y) !== undefined) {
      end();
    } else {
      words.push(readWord(reader));
    }
  }
  end();
  return { commands, nested: reader.nested };
}

interface Reader {
  readonly text: string;
  at: number;
  readonly variables: Readonly<Record<string, string | undefined>>;
  readonly nested: string[];
  /** Ends of the here-documents that begin after this line. */
  readonly hereDocuments: string[];
}

/** What a sticky pattern matches here, passed over; undefined when it matches nothing or only emptiness. */
function take(reader: Reader, pattern: RegExp): string | undefined {
  pattern.lastIndex = reader.at;
  const found = pattern.exec(reader.text)?.[0];
  if (found === undefined || found === "") return undefined;
  reader.at += found.length;
  return found;
}

function readWord(reader: Reader): ShellWord {
  let word: string | undefined = take(reader, /~(?=\/)/y) === undefined ? "" : reader.variables["HOME"];
  const add = (part: string | undefined): void => {
    word = word === undefined || part === undefined ? undefined : word + part;
  };
  while (reader.at < reader.text.length) {
    const plain = take(reader, /[^\s'"\\$`;&|<>()]+/y);
    if (plain !== undefined) add(plain);
    else if (take(reader, /'/y) !== undefined) {
      add(take(reader, /[^']*/y) ?? "");
      take(reader, /'/y);
    } else if (take(reader, /"/y) !== undefined) add(readQuoted(reader));
    else if (take(reader, /\\\r?\n/y) !== undefined) continue;
    else if (take(reader, /\\/y) !== undefined) add(take(reader, /[^]/y) ?? "");
    else if (/[$`]/.test(reader.text[reader.at] ?? "")) add(readExpansion(reader));
    else break;
  }
  return word;
}

function readQuoted(reader: Reader): string | undefined {
  let quoted: string | undefined = "";
  while (reader.at < reader.text.length && take(reader, /"/y) === undefined) {
    const plain = take(reader, /[^"\\$`]+/y);
    const escaped = plain ?? take(reader, /\\(?:["$`\\]|\r?\n)/y)?.slice(1);
    const part = escaped ?? take(reader, /\\/y) ?? readExpansion(reader);
    quoted = quoted === undefined || part === undefined ? undefined : quoted + part;
  }
  return quoted;
}

function readExpansion(reader: Reader): string | undefined {
  const name = take(reader, /\$(?:[A-Za-z_]\w*|\{[A-Za-z_]\w*\})/y);
  if (name !== undefined) return reader.variables[name.replaceAll(/[${}]/g, "")];
  if (take(reader, /\$\(/y) !== undefined) {
    const start = reader.at;
    for (let open = 1; reader.at < reader.text.length && open > 0; reader.at += 1) {
      if (reader.text[reader.at] === "(") open += 1;
      if (reader.text[reader.at] === ")") open -= 1;
    }
    reader.nested.push(reader.text.slice(start, reader.at - 1));
    return undefined;
  }
  const substitution = take(reader, /`[^`]*`/y);
  if (substitution !== undefined) {
    reader.nested.push(substitution.slice(1, -1));
    return undefined;
  }
  reader.at += 1;
  return reader.text[reader.at - 1] === "$" ? "$" : undefined;
}

function skipHereDocuments(reader: Reader): void {
  for (const terminator of reader.hereDocuments.splice(0)) {
    while (reader.at < reader.text.length) {
      const line = take(reader, /[^\n]*\n?/y) ?? "";
      if (line.trim() === terminator) break;
    }
  }
}
