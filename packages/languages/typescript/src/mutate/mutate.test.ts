import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseGenerated } from "@jaunt/core/header";
import { describe, expect, test } from "vitest";
import { compose } from "../compose/compose.ts";
import { layoutOf, readSource } from "../compose/project.test.helper.ts";
import { parseSource } from "../syntax/parse-source.ts";
import { mutate } from "./mutate.ts";

const layout = layoutOf();

describe("what is changed", () => {
  test.each<[string, string, readonly string[]]>([
    ["comparisons", "if (n < 3) n = 9; return n;", ["n <= 3", "!(n < 3)", "n < 4"]],
    ["equality", "if (n === m) { n = 1; } return n;", ["n !== m"]],
    ["arithmetic", "return (n + m) * n % 2;", ["(n - m) * n % 2", "(n + m) / n % 2", "(n + m) * n * 2", "% 3"]],
    ["signs side by side", "return n+-m;", ["n- -m", "n+m"]],
    ["logic", "return n > 0 && m > 0 ? 1 : 2;", ["(n > 0 || m > 0)", "n > 1", "m >= 0", "? 2 : 1"]],
    ["negations", "return !isOdd(n) ? n : m;", ["return isOdd(n)", "? m : n"]],
    ["defaults", "return list.at(n) ?? m;", ["(list.at(n) || m)"]],
    [
      "lengths",
      "for (let i = 0; i < list.length; i += 1) n += list[i] ?? 0; return n;",
      [
        "i < (list.length - 1)",
        "i <= list.length",
        "for (let i = 0; false;",
        "let i = 1",
        "i += 2",
        "list[i + 1]",
        "n -= list[i]",
      ],
    ],
    ["calls", 'note("a", n); return Math.min(n, m);', ["{\n  ; return", "Math.max(n, m)", 'note("", n)']],
    ["steps", "let i = 0; i++; return i;", ["i--"]],
    ["assertions about types", "return (n as number) + m!;", ["(n as number) - m!"]],
    ["bounds", "return list.slice(n, m).length;", ["slice(n + 1, m)", "slice(n, m - 1)", "length - 1"]],
    [
      "jumps",
      "for (const x of list) { if (x > n) break; if (x < m) continue; n += x; } return n;",
      ["if (x > n) continue;", "if (x < m) break;"],
    ],
    [
      "guards",
      'if (n < 0) throw new RangeError("no " + n); if (m === 1) return 7; return n;',
      ["if (n < 0) ; if", "if (m === 1) ; return"],
    ],
    ["returned numbers", "return n * 2;", ["return 0;", "return -(n * 2);", "return n;"]],
    ["flags", "return /a/i.test(String(n)) ? 1 : 2;", ["/a/.test"]],
  ])("%s", (_, code, wanted) => {
    const texts = mutantsOf(code).map(({ built }) => built);
    for (const each of wanted)
      expect(
        texts.some((text) => text.includes(each)),
        each,
      ).toBe(true);
  });

  test.each([
    ["string", "return raw.trim();", ['return "";', "return raw;"]],
    ["boolean", "return raw.includes(raw);", ["return !(raw.includes(raw));"]],
    ["readonly string[]", "return raw.split(raw);", ["return [];"]],
    ["string | undefined", "return raw.at(0);", ["return undefined;"]],
    ["Map<string, number>", "return new Map([[raw, 1]]);", ["return new Map();"]],
    ["Promise<string>", "return await load(raw);", ['return "";', "return raw;"]],
  ])("what is returned as %s", (type, code, wanted) => {
    const isAsync = type.startsWith("Promise");
    const reply = `export ${isAsync ? "async " : ""}function read(raw: string): ${type} {\n  ${code}\n}\n`;
    const mutants = mutate(...built(`/** Reads. */\nexport declare function read(raw: string): ${type};\n`, reply));
    for (const each of wanted)
      expect(mutants.map((mutant) => mutant.built)).toContainEqual(expect.stringContaining(each));
  });
});

describe("what is left alone", () => {
  test.each([
    [
      "messages of errors",
      'throw new RangeError("not " + n + `${m} 1`);',
      /RangeError\((?!"not " \+ n \+ `\$\{m\} 1`)/,
    ],
    ["types", "const a: 1 | 2 = n as 1 | 2; return a;", /const a(?!: 1 \| 2 = n as 1 \| 2;)/],
    ["joining of strings", 'let text = ""; for (const x of list) text = text + x; return text.length;', /text - x/],
    ["the step of a counting loop", "for (let i = 0; i < n; i++) m += i; return m;", /i--/],
    ["what ends a loop", "while (n > 0) { n -= m; } return n;", /n \+= m/],
    ["what a comparing function returns", "return list.toSorted((a, b) => (a < b ? -1 : 1))[0] ?? 0;", /\? -2|: 2/],
    ["fallbacks to nothing", 'const a = list[n] ?? 0; return (["x"][a] ?? "").length;', /\|\||jaunt|\?\? 1/],
    ["keys", 'const a = { "b": 1, 2: 3 }; return a.b;', /"": 1|3: 3/],
  ])("%s", (_, code, forbidden) => {
    for (const { built: text } of mutantsOf(code)) expect(text).not.toMatch(forbidden);
  });

  test("imports, the spec's defaults and members that a person wrote", () => {
    const [source, text] = built(
      `import { magic } from "@jaunt/spec";
import { limit } from "./limits.js";
/** Counts. */
export class Counter {
  #count = 5;
  /** More. */
  next(step = 6): number { return magic(limit); }
  get twice(): number { return this.#count * 7; }
}
`,
      "export class Counter {\n  next(step = 6): number {\n    this.#add(step + 1);\n    return Math.min(this.#count, limit);\n  }\n  #add(n = 3): void {\n    this.#count += n;\n  }\n}\n",
    );
    const changed = mutate(source, text, layout).map((mutant) => mutant.built);
    for (const kept of ["#count = 5;", "step = 6", "return this.#count * 7", "./limits.js"])
      expect(
        changed.every((each) => each.includes(kept)),
        kept,
      ).toBe(true);
    for (const own of ["step - 1", "Math.max", "n = 4", "this.#count -= n"])
      expect(
        changed.some((each) => each.includes(own)),
        own,
      ).toBe(true);
  });

  test("test modules, and texts that do not parse", () => {
    const [source, text] = built(spec, reply);
    expect(mutate({ ...source, module: { ...source.module, role: "test" } }, text, layout)).toEqual([]);
    expect(mutate(source, `${text}}`, layout)).toEqual([]);
  });
});

const spec = `interface Pair { readonly a: number; readonly b: number }
/** A. */
export declare function first(n: number): number;
/** B. */
export declare function second(n: number): number;
`;
const reply = `const shared = (n: number): number => n + 1;
function own(n: number): number {
  return shared(n) * 2;
}
function unused(n: number): number {
  return n / 2;
}
export function first(n: number): number {
  return own(n);
}
export function second(n: number): number {
  const pair: Pair = { a: 1, b: shared(n) };
  return pair.a - pair.b + first(n);
}
`;

test("a helper works for the specs that use it, not for those that use these specs", () => {
  const [source, text] = built(spec, reply);
  const specsOf = (part: string): readonly string[] | undefined =>
    mutate(source, text, layout).find(({ description }) => description.includes(part))?.specs;
  expect(specsOf("n + 1` to `n - 1")).toEqual(["first", "second"]);
  expect(specsOf("shared(n) * 2` to `shared(n) / 2")).toEqual(["first"]);
  expect(specsOf("pair.a - pair.b")).toEqual(["second"]);
  expect(specsOf("n / 2")).toBeUndefined();
});

test("a mutant says where it is and what was changed", () => {
  const [source, text] = built(spec, reply);
  const mutant = mutate(source, text, layout).find(({ built: changed }) => changed.includes("n - 1"));
  expect(mutant?.description).toBe("`n + 1` to `n - 1`");
  expect(text.split("\n")[(mutant?.start.line ?? 0) - 1]).toContain("n + 1");
});

test("the first mutants come from every function and from several kinds of mistakes", () => {
  const [source, text] = built(spec, reply);
  const first = mutate(source, text, layout).slice(0, 4);
  expect(new Set(first.map(({ start }) => start.line)).size).toBe(4);
});

test("every mutant of the mail example parses, differs from all others, and comes out the same again", () => {
  const root = fileURLToPath(new URL("../../../../../examples/mail/src/", import.meta.url));
  let count = 0;
  for (const file of readdirSync(`${root}__generated__`)) {
    const id = file.replace(/\.ts$/, "");
    const source = readSource(`src/${id}.jaunt.ts`, readFileSync(`${root}${id}.jaunt.ts`, "utf8"), layout);
    const parsed = parseGenerated(readFileSync(`${root}__generated__/${file}`, "utf8"), "//");
    const body = "body" in parsed ? parsed.body : "";
    const mutants = mutate(source, body, layout);
    count += mutants.length;
    expect(new Set([body, ...mutants.map(({ built: text }) => text)]).size).toBe(mutants.length + 1);
    expect(mutants.filter(({ built: text }) => parseSource(file, text).problems.length > 0)).toEqual([]);
    expect(mutate(source, body, layout)).toEqual(mutants);
  }
  expect(count).toBeGreaterThan(800);
});

function built(specText: string, body: string): Parameters<typeof mutate> {
  const source = readSource("src/tools.jaunt.ts", specText);
  return [source, compose(source, body, layout).find(({ kind }) => kind === "build")?.text ?? "", layout];
}

function mutantsOf(code: string): ReturnType<typeof mutate> {
  const signature = "run(n: number, m: number, list: readonly number[]): number";
  return mutate(
    ...built(`/** Runs. */\nexport declare function ${signature};\n`, `export function ${signature} {\n  ${code}\n}\n`),
  );
}
