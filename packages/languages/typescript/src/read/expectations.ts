import type { Expectation } from "@jaunt/core";

/** What an author says a thrown error is like. Without any of both, any error will do. */
export interface ThrownError {
  /** Its class, perhaps with a namespace: `EmailError`, `errors.NotFound`. */
  readonly name?: string;
  readonly message?: string;
  /** Set when the author wrote only how the message begins, with dots after it. */
  readonly open?: boolean;
}

/** Reads the text of a comment behind a call: `=> value`, `Returns: value`, `throws X`, `resolves value`, `rejects X`. */
export function readExpectation(comment: string): Expectation | undefined {
  for (const [pattern, kind] of forms) {
    const match = pattern.exec(comment);
    if (match === null) continue;
    const value = withoutStop(match[1] ?? "");
    const thrown = kind === "throws" || kind === "rejects";
    if (!thrown && abbreviated.test(value)) return undefined;
    if (thrown ? readThrown(value) !== undefined : value !== "" && !isProse(value)) return { kind, value };
    return undefined;
  }
  return undefined;
}

/** Reads a comment that is a value and nothing else, and that could hardly be anything else: a text, a list, an object, yes or no. */
export function readBareValue(comment: string): Expectation | undefined {
  const value = withoutStop(comment);
  return bareValue.test(value) && !isProse(value) && !abbreviated.test(value) ? { kind: "returns", value } : undefined;
}

/** Reads what a comment says is printed: `Prints: 2`, `Expected output: abc`. */
export function readOutput(comment: string): Expectation | undefined {
  const [, value = ""] = /^(?:expected output|output|prints|logs)(?=[\s:]):?\s*(.*)$/is.exec(comment) ?? [];
  return value === "" || isProse(value) ? undefined : { kind: "prints", value: withoutStop(value) };
}

const bareValue: RegExp = /^(?:true|false|null|undefined|"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|\[.*\]|\{.*:.*\})$/s;

/** Reads what `throws` says: `EmailError`, `EmailError: no "@"`, `new RangeError("too large")`, `"a message"`, nothing. */
export function readThrown(value: string): ThrownError | undefined {
  if (/^(?:(?:an? )?error)?$/.test(value)) return {};
  const message = quotedText(value);
  if (message !== undefined) return messageOf(message);
  const match = /^(?:an? |new )?([A-Za-z_$][\w$]*(?:\.[\w$]+)*)(.*)$/s.exec(value);
  const [, name = "", rest = ""] = match ?? [];
  if (match === null || !/^[A-Z]/.test(name.split(".").at(-1) ?? "")) return undefined;
  const said = /^(?::\s*(.+)|\((.*)\))$/s.exec(rest.trim());
  if (said !== null) {
    const [, afterColon, inParentheses] = said;
    if (inParentheses?.trim() === "") return { name };
    const text = quotedText(afterColon ?? inParentheses ?? "") ?? afterColon;
    return text === undefined ? { name } : { name, ...messageOf(text) };
  }
  return rest === "" || /^(?:,|\s+(?:when|if|because|since|as|for|error)\b|\s+[–—-])/.test(rest) ? { name } : undefined;
}

/** Whether a text is words and no expression: two of them side by side. */
export function isProse(value: string): boolean {
  const outside = value
    .replaceAll(/"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|`[^`]*`/g, '""')
    .replaceAll(/\/\/.*|\/\*[^]*?\*\//g, "");
  return /(?<![\w$.])(?!(?:new|typeof|void|await|async|function|in|instanceof|as|satisfies|const)\b)[A-Za-z]+ +(?!(?:in|instanceof|as|satisfies)\b)[A-Za-z]/.test(
    outside,
  );
}

/** What printing leaves out: it looks like a value and is none. */
const abbreviated: RegExp = /\[(?:\w*Function|Object|Array|Getter|Setter|Circular|class)\b(?![\s]*,)/;

const arrow = String.raw`(?:(?:=+>|→|⇒|➜|⟶|-+>)\s*)`;

/** The special forms may stand behind an arrow, so they come first. */
const forms: readonly (readonly [RegExp, Expectation["kind"]])[] = [
  [new RegExp(`^${arrow}?uncaught\\s+(.*)$`, "is"), "throws"],
  [new RegExp(`^${arrow}?((?:[A-Z]\\w*)?Error:\\s+.*)$`, "s"), "throws"],
  [new RegExp(`^${arrow}?Promise\\s*\\{(?!\\s*<)\\s*(.*?)\\s*\\}$`, "s"), "resolves"],
  [new RegExp(`^${arrow}?Promise\\.resolve\\((.*)\\)$`, "s"), "resolves"],
  [new RegExp(`^${arrow}?(?:throws?|raises)(?=$|[\\s:]):?\\s*(.*)$`, "is"), "throws"],
  [new RegExp(`^${arrow}?resolves?(?=[\\s:]):?(?:\\s*(?:to|with)\\b)?\\s*(.*)$`, "is"), "resolves"],
  [new RegExp(`^${arrow}?rejects?(?=$|[\\s:]):?(?:\\s*with\\b)?\\s*(.*)$`, "is"), "rejects"],
  [new RegExp(`^${arrow}(.*)$`, "s"), "returns"],
  [/^returns?(?=[\s:]):?\s*(.*)$/is, "returns"],
  [/^(?:result|equals|evaluates to)(?=[\s:]):?\s*(.*)$/is, "returns"],
];

function withoutStop(value: string): string {
  return value.replace(/\s*;\s*$/, "").trim();
}

function quotedText(value: string): string | undefined {
  const match = /^(["'`])(.*)\1$/s.exec(value.trim());
  if (match === null) return undefined;
  const [, quote = "", inner = ""] = match;
  if (new RegExp(`(?<!\\\\)${quote}`).test(inner)) return undefined;
  return inner.replaceAll(/\\(["'`\\])/g, "$1");
}

function messageOf(text: string): Pick<ThrownError, "message" | "open"> {
  const start = /^(.*?)\s*(?:…|\.\.\.)$/s.exec(text)?.[1];
  return start === undefined ? { message: text } : { message: start, open: true };
}
