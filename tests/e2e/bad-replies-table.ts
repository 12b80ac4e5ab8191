/** The spec that every bad reply answers: a function, an overload, a generic class, a const and hand-written names around them. */
export const spec = `import { basename } from "node:path";
import type { Stats } from "./stats.js";

export interface Email {
  readonly local: string;
  readonly domain: string;
}

export class EmailError extends Error {}

export const SEPARATOR = "@";

interface Options {
  readonly lower?: boolean;
}

/** Parse an address; see {@link SEPARATOR}. @throws {EmailError} without a separator */
export declare function parse(raw: string, options?: Options): Email;

/** The value itself. */
export declare function same(value: string): string;
export declare function same(value: number): number;

/** Holds a value. */
export declare class Box<T> {
  constructor(value: T);
  get(): T;
  map<U>(change: (value: T) => U): Box<U>;
}

/** Share of each kind, by file name without folders: {@link basename}. */
export declare const shares: (stats: Stats, file: string) => ReadonlyMap<string, number>;
`;

/** A correct reply. Bad ones are this one with a single thing broken. */
export const good = `export function parse(raw: string, options?: Options): Email {
  const at = raw.lastIndexOf(SEPARATOR);
  if (at < 1) throw new EmailError("no separator");
  const domain = raw.slice(at + 1);
  return { local: raw.slice(0, at), domain: options?.lower === false ? domain : domain.toLowerCase() };
}

export function same(value: string): string;
export function same(value: number): number;
export function same(value: string | number): string | number {
  return value;
}

export class Box<T> {
  readonly #value: T;
  constructor(value: T) {
    this.#value = value;
  }
  get(): T {
    return this.#value;
  }
  map<U>(change: (value: T) => U): Box<U> {
    return new Box(change(this.#value));
  }
}

export const shares: (stats: Stats, file: string) => ReadonlyMap<string, number> = (stats, file) =>
  new Map([[basename(file), stats.share]]);
`;

/** One kind of bad reply. */
export interface BadReply {
  readonly name: string;
  /** The whole reply as the model sent it. */
  readonly reply: string;
  /** Start of the diagnostic's code. */
  readonly code: string;
  /** What the diagnostic's line contains; absent where the problem is something that is missing. */
  readonly at?: string;
}

const fence = (source: string): string => `\`\`\`ts\n${source}\n\`\`\`\n`;
const broken = (from: string, to: string): string => {
  if (!good.includes(from)) throw new Error(`the good reply has no ${from}`);
  return fence(good.replace(from, to));
};

export const badReplies: readonly BadReply[] = [
  { name: "empty", reply: "", code: "reply/" },
  { name: "prose without code", reply: "I am sorry, I need more information about the format.", code: "reply/" },
  { name: "several fences", reply: `${fence(good)}\nor, simpler:\n\n${fence(good)}`, code: "reply/" },
  { name: "another language", reply: "```python\ndef parse(raw):\n    return raw\n```\n", code: "reply/" },
  { name: "truncated fence", reply: `\`\`\`ts\n${good.slice(0, 400)}`, code: "reply/" },
  { name: "truncated code in a closed fence", reply: fence(good.slice(0, 700)), code: "parse/" },
  { name: "syntax error", reply: broken("if (at < 1) throw", "if (at < 1 throw"), code: "parse/", at: "throw" },
  {
    name: "only a function body",
    reply: fence(
      "const at = raw.lastIndexOf(SEPARATOR);\nreturn { local: raw.slice(0, at), domain: raw.slice(at + 1) };",
    ),
    code: "parse/",
  },
  { name: "wrong export", reply: broken("export function parse(", "export function parseEmail("), code: "exports/" },
  { name: "wrong case", reply: broken("export class Box<T> {", "export class box<T> {"), code: "exports/" },
  { name: "not exported", reply: broken("export class Box", "class Box"), code: "exports/" },
  { name: "an export too many", reply: fence(`${good}\nexport const extra = 1;`), code: "exports/", at: "extra" },
  { name: "default export", reply: fence(`${good}\nexport default parse;`), code: "exports/", at: "export default" },
  {
    name: "duplicate definition",
    reply: fence(
      `${good}\nexport function parse(raw: string, options?: Options): Email {\n  return { local: raw, domain: String(options?.lower) };\n}`,
    ),
    code: "",
    at: "function parse",
  },
  {
    name: "hand-written class redeclared",
    reply: fence(`class EmailError extends Error {}\n${good}`),
    code: "exports/",
    at: "class EmailError",
  },
  {
    name: "hand-written type redeclared",
    reply: fence(`interface Email { local: string; domain: string }\n${good}`),
    code: "exports/",
    at: "interface Email",
  },
  {
    name: "hand-written const shadowed by an import",
    reply: fence(`import { sep as SEPARATOR } from "node:path";\n${good}`),
    code: "exports/",
    at: "SEPARATOR",
  },
  {
    name: "imported name under another meaning",
    reply: fence(`import { dirname as basename } from "node:path";\n${good}`),
    code: "exports/",
    at: "basename",
  },
  {
    name: "imports what it implements",
    reply: fence(`import { parse as original } from "./case.js";\nvoid original;\n${good}`).replace(
      "./case.js",
      "../SELF.js",
    ),
    code: "",
    at: "original",
  },
  {
    name: "wrong return type",
    reply: broken("options?: Options): Email {", "options?: Options): Email | undefined {"),
    code: "conformance/",
    at: "parse",
  },
  {
    name: "dropped parameter",
    reply: broken("parse(raw: string, options?: Options)", "parse(raw: string)"),
    code: "conformance/",
    at: "parse",
  },
  {
    name: "renamed parameter",
    reply: broken("parse(raw: string,", "parse(input: string,"),
    code: "conformance/",
    at: "parse",
  },
  {
    name: "widened parameter",
    reply: broken("parse(raw: string,", "parse(raw: string | undefined,"),
    code: "conformance/",
    at: "parse",
  },
  {
    name: "narrowed parameter of a method",
    reply: broken("map<U>(change: (value: T) => U)", "map<U>(change: (value: T & string) => U)"),
    code: "conformance/",
    at: "map",
  },
  { name: "missing method", reply: broken("  get(): T {\n    return this.#value;\n  }\n", ""), code: "conformance/" },
  {
    name: "public method too many",
    reply: broken("  get(): T {", "  peek(): T {\n    return this.#value;\n  }\n  get(): T {"),
    code: "conformance/",
    at: "peek",
  },
  {
    name: "collapsed overloads",
    reply: broken("export function same(value: string): string;\nexport function same(value: number): number;\n", ""),
    code: "conformance/",
    at: "same",
  },
  {
    name: "type parameter renamed",
    reply: broken("export class Box<T> {", "export class Box<T extends object> {"),
    code: "conformance/",
    at: "Box",
  },
  {
    name: "const of another type",
    reply: broken("ReadonlyMap<string, number> =", "Map<string, number> ="),
    code: "conformance/",
    at: "shares",
  },
  { name: "any", reply: broken("const domain = raw", "const domain: any = raw"), code: "policy/", at: "any" },
  { name: "as any", reply: broken("return value;", "return value as any;"), code: "policy/", at: "as any" },
  {
    name: "@ts-ignore",
    reply: broken("  return value;", "  // @ts-ignore\n  return value;"),
    code: "policy/",
    at: "@ts-ignore",
  },
  { name: "eval", reply: broken("return value;", 'return eval("value");'), code: "policy/", at: "eval" },
  {
    name: "undeclared package",
    reply: fence(`import { chunk } from "lodash";\nvoid chunk;\n${good}`),
    code: "policy/",
    at: "lodash",
  },
  {
    name: "path escape",
    reply: fence(`import secret from "../../../../etc/secret.js";\nvoid secret;\n${good}`),
    code: "policy/",
    at: "secret",
  },
  {
    name: "absolute import",
    reply: fence(`import secret from "/etc/secret.js";\nvoid secret;\n${good}`),
    code: "policy/",
    at: "secret",
  },
  {
    name: "reads files unasked",
    reply: fence(`import { readFileSync } from "node:fs";\nvoid readFileSync;\n${good}`),
    code: "policy/",
    at: "node:fs",
  },
  {
    name: "spawns unasked",
    reply: fence(`import { execSync } from "node:child_process";\nvoid execSync;\n${good}`),
    code: "policy/",
    at: "child_process",
  },
  {
    name: "calls the network unasked",
    reply: broken("  const at =", '  void fetch("https://example.org");\n  const at ='),
    code: "policy/",
    at: "fetch",
  },
  {
    name: "type error",
    reply: broken("const domain = raw.slice(at + 1);", "const domain: number = raw.slice(at + 1);"),
    code: "types/",
    at: "domain",
  },
  {
    name: "misses a property",
    reply: broken("local: raw.slice(0, at), domain:", "domain:"),
    code: "types/2741",
    at: "domain",
  },
  {
    name: "unused helper under noUnusedLocals",
    reply: fence(`function helper(): number {\n  return 1;\n}\n${good}`),
    code: "types/6133",
    at: "helper",
  },
  {
    name: "a name that does not exist",
    reply: broken("raw.lastIndexOf(SEPARATOR)", "raw.lastIndexOf(SEPARATORS)"),
    code: "types/",
    at: "SEPARATORS",
  },
];
