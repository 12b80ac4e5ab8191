/** Lines of `before` that went, each after `- `, and lines of `after` that came, after `+ `, in the order of the text. */
export function diffLines(before: string, after: string): readonly string[] {
  const changes = compare(linesOf(before), linesOf(after));
  return changes.flatMap(({ gone, come }) => {
    const [old, now] = [gone[0], come[0]];
    // Of two long lines that differ in a word, the word is what matters.
    const [left, right] =
      gone.length === 1 && come.length === 1 && old !== undefined && now !== undefined
        ? shorten(old, now).map((line) => [line])
        : [gone, come];
    return [...(left ?? []).map((line) => `- ${line}`), ...(right ?? []).map((line) => `+ ${line}`)];
  });
}

function linesOf(text: string): readonly string[] {
  return text === "" ? [] : text.split("\n");
}

interface Change {
  readonly gone: readonly string[];
  readonly come: readonly string[];
}

/** Beyond this many pairs of lines only the common beginning and end are looked for. */
const mostPairs = 250_000;

function compare(before: readonly string[], after: readonly string[]): readonly Change[] {
  let start = 0;
  while (start < before.length && start < after.length && before[start] === after[start]) start += 1;
  let end = 0;
  const longest = Math.min(before.length, after.length) - start;
  while (end < longest && before.at(-1 - end) === after.at(-1 - end)) end += 1;
  const left = before.slice(start, before.length - end);
  const right = after.slice(start, after.length - end);
  if (left.length * right.length > mostPairs) return [{ gone: left, come: right }];
  return walk(left, right, commonLengths(left, right));
}

/** Length of the longest common subsequence of what follows each pair of places. */
function commonLengths(left: readonly string[], right: readonly string[]): readonly Uint32Array[] {
  const lengths = Array.from({ length: left.length + 1 }, () => new Uint32Array(right.length + 1));
  for (let row = left.length - 1; row >= 0; row -= 1)
    for (let column = right.length - 1; column >= 0; column -= 1) {
      const below = lengths[row + 1];
      const here = lengths[row];
      if (below === undefined || here === undefined) continue;
      here[column] =
        left[row] === right[column]
          ? (below[column + 1] ?? 0) + 1
          : Math.max(below[column] ?? 0, here[column + 1] ?? 0);
    }
  return lengths;
}

function walk(left: readonly string[], right: readonly string[], lengths: readonly Uint32Array[]): readonly Change[] {
  const changes: { gone: string[]; come: string[] }[] = [];
  let open: { gone: string[]; come: string[] } | undefined;
  const change = (): { gone: string[]; come: string[] } => {
    if (open === undefined) changes.push((open = { gone: [], come: [] }));
    return open;
  };
  for (let row = 0, column = 0; row < left.length || column < right.length;) {
    const [old, now] = [left[row], right[column]];
    if (old !== undefined && old === now) {
      open = undefined;
      row += 1;
      column += 1;
    } else if (old !== undefined && (now === undefined || skipsLeft(lengths, row, column))) {
      change().gone.push(old);
      row += 1;
    } else if (now !== undefined) {
      change().come.push(now);
      column += 1;
    }
  }
  return changes;
}

function skipsLeft(lengths: readonly Uint32Array[], row: number, column: number): boolean {
  return (lengths[row + 1]?.[column] ?? 0) >= (lengths[row]?.[column + 1] ?? 0);
}

/** Lines up to this length are shown whole. */
const shortLine = 90;

/** Words kept around what differs. */
const wordsAround = 4;

function shorten(before: string, after: string): readonly [string, string] {
  if (before.length <= shortLine && after.length <= shortLine) return [before, after];
  const left = before.split(" ");
  const right = after.split(" ");
  let start = 0;
  while (start < left.length && start < right.length && left[start] === right[start]) start += 1;
  let end = 0;
  const longest = Math.min(left.length, right.length) - start;
  while (end < longest && left.at(-1 - end) === right.at(-1 - end)) end += 1;
  const from = Math.max(0, start - wordsAround);
  const kept = Math.max(0, end - wordsAround);
  const cut = (words: readonly string[]): string =>
    `${from > 0 ? "… " : ""}${words.slice(from, words.length - kept).join(" ")}${kept > 0 ? " …" : ""}`;
  return [cut(left), cut(right)];
}
