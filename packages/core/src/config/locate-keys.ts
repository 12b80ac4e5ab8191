import { parse } from "smol-toml";

/** A place in the file, both from 1. */
export interface KeyPosition {
  readonly line: number;
  readonly column: number;
}

/** Finds where the keys of a TOML text stand, which its parser does not tell. The text must have been parsed without an error. */
export function locateKeys(text: string): KeyLocator {
  return new KeyLocator(text);
}

type KeyPath = readonly (string | number)[];

/** One pass over the text; then any number of questions. Does not check syntax, for the parser has. */
export class KeyLocator {
  readonly #text: string;
  #offset: number = 0;
  readonly #positions: Map<string, number> = new Map();
  readonly #arrayLengths: Map<string, number> = new Map();

  constructor(text: string) {
    this.#text = text;
    this.#scan();
  }

  /** Position of the key at `path`, or of the nearest enclosing one; the first line when there is none. */
  find(path: KeyPath): KeyPosition {
    for (let length = path.length; length > 0; length--) {
      const offset = this.#positions.get(nameOf(path.slice(0, length)));
      if (offset !== undefined) return this.#positionAt(offset);
    }
    return { line: 1, column: 1 };
  }

  #scan(): void {
    let table: KeyPath = [];
    for (;;) {
      this.#skipBlank();
      if (this.#offset >= this.#text.length) return;
      if (this.#peek() === "[") table = this.#tableHeader();
      else this.#keyAndValue(table);
    }
  }

  #tableHeader(): KeyPath {
    const isArray = this.#text.startsWith("[[", this.#offset);
    this.#offset += isArray ? 2 : 1;
    const path = this.#key([]);
    this.#offset += isArray ? 2 : 1;
    if (!isArray) return path;
    const index = this.#arrayLengths.get(nameOf(path)) ?? 0;
    this.#arrayLengths.set(nameOf(path), index + 1);
    return [...path, index];
  }

  #keyAndValue(table: KeyPath): void {
    const path = this.#key(table);
    this.#offset += 1;
    this.#value(path);
  }

  /** Reads a dotted key and what blanks follow it; remembers each of its segments. */
  #key(table: KeyPath): KeyPath {
    let path = table;
    for (;;) {
      this.#skipSpaces();
      const start = this.#offset;
      path = [...this.#intoLastElement(path), this.#keySegment()];
      const name = nameOf(path);
      if (!this.#positions.has(name)) this.#positions.set(name, start);
      this.#skipSpaces();
      if (this.#peek() !== ".") return path;
      this.#offset += 1;
    }
  }

  /** In `[[a]]` followed by `[a.b]`, `b` belongs to the last element of `a`. */
  #intoLastElement(path: KeyPath): KeyPath {
    const length = this.#arrayLengths.get(nameOf(path));
    return length === undefined ? path : [...path, length - 1];
  }

  #keySegment(): string {
    const start = this.#offset;
    const quote = this.#peek();
    if (quote !== '"' && quote !== "'") {
      while (/[A-Za-z0-9_-]/.test(this.#peek())) this.#offset += 1;
      return this.#text.slice(start, this.#offset);
    }
    this.#string();
    const raw = this.#text.slice(start, this.#offset);
    return raw.includes("\\") ? (Object.keys(parse(`${raw} = 0`))[0] ?? raw) : raw.slice(1, -1);
  }

  #value(path: KeyPath): void {
    this.#skipBlank();
    const first = this.#peek();
    if (first === '"' || first === "'") this.#string();
    else if (first === "[") this.#items(path, "]", (index) => this.#value([...path, index]));
    else if (first === "{") this.#items(path, "}", () => this.#keyAndValue(path));
    else while (this.#offset < this.#text.length && !/[,\]}\n#]/.test(this.#peek())) this.#offset += 1;
  }

  #items(path: KeyPath, end: string, readItem: (index: number) => void): void {
    this.#offset += 1;
    for (let index = 0; ; index++) {
      this.#skipBlank();
      if (this.#offset >= this.#text.length) return;
      if (this.#peek() === end) break;
      if (end === "]") this.#positions.set(nameOf([...path, index]), this.#offset);
      readItem(index);
      this.#skipBlank();
      if (this.#peek() === ",") this.#offset += 1;
    }
    this.#offset += 1;
  }

  #string(): void {
    const quote = this.#peek();
    const triple = quote.repeat(3);
    const delimiter = this.#text.startsWith(triple, this.#offset) ? triple : quote;
    this.#offset += delimiter.length;
    while (this.#offset < this.#text.length && !this.#text.startsWith(delimiter, this.#offset)) {
      this.#offset += quote === '"' && this.#peek() === "\\" ? 2 : 1;
    }
    this.#offset += delimiter.length;
    // A multi-line string may end in up to two quotes of its own.
    if (delimiter === triple) while (this.#peek() === quote) this.#offset += 1;
  }

  #skipBlank(): void {
    for (;;) {
      while (/[\s\uFEFF]/.test(this.#peek())) this.#offset += 1;
      if (this.#peek() !== "#") return;
      const newline = this.#text.indexOf("\n", this.#offset);
      this.#offset = newline === -1 ? this.#text.length : newline;
    }
  }

  #skipSpaces(): void {
    while (this.#peek() === " " || this.#peek() === "\t") this.#offset += 1;
  }

  #peek(): string {
    return this.#text.charAt(this.#offset);
  }

  #positionAt(offset: number): KeyPosition {
    const before = this.#text.slice(0, offset);
    const lineStart = before.lastIndexOf("\n") + 1;
    return { line: before.split("\n").length, column: offset - lineStart + 1 };
  }
}

function nameOf(path: KeyPath): string {
  return JSON.stringify(path);
}
