/** One value of a JSON text, with where it stands. Offsets are in UTF-16 units, `end` exclusive. */
export interface JsonNode {
  readonly kind: "object" | "array" | "string" | "other";
  readonly start: number;
  readonly end: number;
  /** Of an object, in order. */
  readonly members: readonly { readonly key: string; readonly value: JsonNode }[];
  /** Of an array, in order. */
  readonly items: readonly JsonNode[];
  /** Of a string. */
  readonly text: string;
  /** Whether a comma follows the last member or item. */
  readonly trailingComma: boolean;
}

/**
 * Reads JSON with comments and trailing commas into a tree of places, so that a text can be changed in one place and kept in all others.
 * @throws {SyntaxError} for anything else
 */
export function parseJsonTree(text: string): JsonNode {
  const reader = new Reader(text);
  const root = reader.value();
  reader.skip();
  if (reader.at < text.length) throw reader.error();
  return root;
}

class Reader {
  readonly #text: string;
  at: number;

  constructor(text: string) {
    this.#text = text;
    this.at = text.startsWith("\uFEFF") ? 1 : 0;
  }

  value(): JsonNode {
    this.skip();
    const start = this.at;
    const first = this.#text[start];
    if (first === "{") return this.#container("object", start);
    if (first === "[") return this.#container("array", start);
    if (first === '"') return this.#leaf("string", start, this.string());
    const word = /[-+\w.]+/y;
    word.lastIndex = start;
    const found = word.exec(this.#text)?.[0];
    if (found === undefined) throw this.error();
    this.at += found.length;
    JSON.parse(found);
    return this.#leaf("other", start, "");
  }

  skip(): void {
    const blank = /(?:[ \t\r\n]|\/\/[^\n]*|\/\*[^]*?\*\/)*/y;
    blank.lastIndex = this.at;
    this.at += blank.exec(this.#text)?.[0].length ?? 0;
  }

  string(): string {
    const literal = /"(?:[^"\\\n]|\\.)*"/y;
    literal.lastIndex = this.at;
    const found = literal.exec(this.#text)?.[0];
    if (found === undefined) throw this.error();
    this.at += found.length;
    return JSON.parse(found) as string;
  }

  error(): SyntaxError {
    const line = this.#text.slice(0, this.at).split("\n").length;
    return new SyntaxError(`line ${String(line)} is not JSON`);
  }

  #container(kind: "object" | "array", start: number): JsonNode {
    const close = kind === "object" ? "}" : "]";
    const members: { key: string; value: JsonNode }[] = [];
    const items: JsonNode[] = [];
    let trailingComma = false;
    this.at += 1;
    for (this.skip(); this.#text[this.at] !== close; this.skip()) {
      if (members.length + items.length > 0 && !trailingComma) throw this.error();
      if (kind === "array") items.push(this.value());
      else {
        const key = this.string();
        this.skip();
        if (this.#text[this.at] !== ":") throw this.error();
        this.at += 1;
        members.push({ key, value: this.value() });
      }
      this.skip();
      trailingComma = this.#text[this.at] === ",";
      if (trailingComma) this.at += 1;
    }
    this.at += 1;
    return { kind, start, end: this.at, members, items, text: "", trailingComma };
  }

  #leaf(kind: "string" | "other", start: number, text: string): JsonNode {
    return { kind, start, end: this.at, members: [], items: [], text, trailingComma: false };
  }
}
