import type { SpecExample } from "@jaunt/core";

/**
 * Reads the text of one `@example`: lines of the form `call // => value` (also `// Returns: value`, `// throws X`,
 * `// resolves value`, `// rejects X`, and the expectation on a line of its own) can be checked; anything else is documentation.
 */
export function readExamples(text: string): readonly SpecExample[] {
  const lines = codeLines(text);
  const found: SpecExample[] = [];
  let documentation: string[] = [];
  const flush = (): void => {
    const remaining = documentation.join("\n").trim();
    if (remaining !== "") found.push({ text: remaining });
    documentation = [];
  };
  for (const [index, line] of lines.entries()) {
    const sameLine = splitExpectation(line);
    if (sameLine !== undefined && sameLine.call === "") continue;
    const next = splitExpectation(lines[index + 1] ?? "");
    const example = sameLine ?? (next?.call === "" ? { ...next, call: line.trim() } : undefined);
    if (example === undefined || !isCall(example.call)) {
      documentation.push(line);
      continue;
    }
    flush();
    found.push({
      text: line.trim(),
      call: withoutLog(example.call),
      expectation: { kind: example.kind, value: example.value },
    });
  }
  flush();
  return found;
}

function codeLines(text: string): readonly string[] {
  return text
    .split("\n")
    .filter((line) => !/^\s*(?:```|~~~)/.test(line))
    .map((line) => line.replace(/^<caption>.*<\/caption>\s*/, ""));
}

interface Expectation {
  readonly call: string;
  readonly kind: "returns" | "throws" | "resolves" | "rejects";
  readonly value: string;
}

const forms: readonly (readonly [RegExp, Expectation["kind"]])[] = [
  [/^(.*?)\/\/\s*(?:=>|→|returns?:?(?=\s))\s*(.+)$/i, "returns"],
  [/^(.*?)\/\/\s*(?:=>\s*)?(?:throws?|raises):?\s+(.+)$/i, "throws"],
  [/^(.*?)\/\/\s*(?:=>\s*)?resolves?:?(?:\s+(?:to|with))?\s+(.+)$/i, "resolves"],
  [/^(.*?)\/\/\s*(?:=>\s*)?rejects?:?(?:\s+with)?\s+(.+)$/i, "rejects"],
  [/^(\s*console\.log\(.*\);?\s*)\/\/\s*(.+)$/, "returns"],
];

function splitExpectation(line: string): Expectation | undefined {
  // The special forms may stand behind an arrow, so they are tried before it.
  for (const [pattern, kind] of [...forms.slice(1), ...forms.slice(0, 1)]) {
    const match = pattern.exec(line);
    if (match !== null) return { call: (match[1] ?? "").trim(), kind, value: (match[2] ?? "").trim() };
  }
  return undefined;
}

function isCall(text: string): boolean {
  return /[\w$)\]]\s*\(|^[\w$.[\]"']+;?$/.test(text) && !/^(?:import|const|let|var)\b/.test(text);
}

function withoutLog(call: string): string {
  const statement = call.replace(/;$/, "").trim();
  return /^console\.log\((.*)\)$/.exec(statement)?.[1] ?? statement;
}
