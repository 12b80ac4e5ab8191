// Pieces of replies for the tables of bad and good ones.

export const email = `export function parseEmail(raw: string, options?: Hidden): Email {
  const at = raw.lastIndexOf("@");
  if (at <= 0 || raw.length > limits.length) throw new EmailError(basename(options?.raw ?? raw));
  return { local: raw.slice(0, at), domain: domain(raw) };
}
`;
export const tried = `export async function tryEmail(raw: string): Promise<Result<Email>> {
  return { ok: true, value: parseEmail(raw) };
}
`;
const lruHead = "export class Lru<K, V> implements Iterable<K> {";
export const lru = (members: string = "", get: string = "get(key: K): V | undefined {"): string => `${lruHead}
  readonly capacity: number;
  readonly #entries = new Map<K, V>();
  constructor(capacity: number) {
    this.capacity = capacity;
  }
  static of<T>(...items: readonly T[]): Lru<T, T> {
    const made = new Lru<T, T>(items.length);
    for (const item of items) made.set(item, item);
    return made;
  }
  get size(): number {
    return this.#entries.size;
  }
  ${get}
    return this.#entries.get(key as never);
  }
  set(key: K, value: V, options?: { readonly pin?: boolean }): this {
    if (options?.pin !== true && this.size >= this.capacity) this.evict();
    this.#entries.set(key, value);
    return this;
  }
  protected evict(): void {
    for (const key of this.#entries.keys()) {
      this.#entries.delete(key);
      return;
    }
  }
  [Symbol.iterator](): Iterator<K> {
    return this.#entries.keys();
  }
${members}}
`;
export const domain = (body: string, before = ""): string =>
  `${before}export function domain(address: string): string {\n  ${body}\n}\n`;
export const loose = (
  copy: string,
  load: string,
  before = "",
): string => `${before}export function copy(value: any, depth: number): any {
  ${copy}
}
export async function load(path: string): Promise<string> {
  ${load}
}
`;
export const overloads = `export function convert(value: string): number;
export function convert(value: number): string;
`;
export const join = `export function join<const T extends readonly string[]>(this: void, parts: T, ...rest: T[]): T[number] {
  return [...parts, ...rest.flat()].join();
}
`;
export const steps = `export function* steps(from: number, to: number): Generator<number, void, undefined> {
  for (let at = from; at < to; at += 1) yield at;
}
export async function* slowly(to: number): AsyncGenerator<number> {
  for (let at = 0; at < to; at += 1) yield at;
}
export function isText(value: unknown): value is string {
  return typeof value === "string";
}
`;
export const table = (double: string): string => `export const days: readonly string[] = ["Monday"];
${double}
export const compare: (left: string, right: string) => number = (left, right) => left.localeCompare(right);
`;
