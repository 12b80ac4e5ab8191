import { appendFileSync, existsSync, readFileSync, renameSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import * as fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createToyProject, fenced, type ToyProject } from "../__fixtures__/toy-project.ts";

const count = 16;
const cache = ".jaunt/cache";
let toy: ToyProject;

beforeEach(async () => {
  const files = Array.from({ length: count }, (_, index) => [pathOf(index), textOf(index, {})] as const);
  toy = createToyProject({ ...Object.fromEntries(files), "toy.config": "strict" });
  for (let index = 0; index < count; index += 1)
    toy.replies[`src/m${index}`] = fenced(`fn m${index}(Size${index}) = 1`);
  await (await toy.open()).build();
  await look();
});
afterEach(() => toy.remove());

function pathOf(index: number): string {
  return `src/m${index}.toy`;
}

interface Parts {
  /** Modules whose spec and type are imported. */
  readonly uses?: readonly number[];
  /** Modules whose specs the doc links to. */
  readonly links?: readonly number[];
  readonly type?: string;
  readonly signature?: string;
  readonly doc?: string;
  readonly more?: string;
}

/** A module that needs the one before it. */
function textOf(index: number, parts: Parts): string {
  const before = index === 0 ? [] : [index - 1];
  const { uses = before, links = before, type = "number", signature = `Size${index}`, doc = "Measures.", more } = parts;
  return [
    ...uses.flatMap((other) => [`use ./m${other} m${other}`, `use ./m${other} Size${other}`]),
    `type Size${index} = ${type}`,
    `spec m${index}(${signature}) -- ${[doc, ...links.map((other) => `{@link m${other}}`)].join(" ")}`,
    ...(more === undefined ? [] : [more]),
    "",
  ].join("\n");
}

/** All that a look comes to. */
async function look(): Promise<unknown> {
  await (await toy.open()).status();
  return (JSON.parse(toy.read(`${cache}/summary.json`)) as { readonly summary: unknown }).summary;
}

/** What it comes to when nothing is known of earlier ones. */
async function lookAtEverything(): Promise<unknown> {
  const [folder, aside] = [join(toy.root, cache), join(toy.root, "aside")];
  renameSync(folder, aside);
  try {
    return await look();
  } finally {
    rmSync(folder, { recursive: true, force: true });
    renameSync(aside, folder);
  }
}

/** Whether an edit is judged without looking at everything, which writes the whole analysis again. */
async function isCheap(edit: () => void): Promise<boolean> {
  const file = join(toy.root, cache, "analysis.txt");
  const before = statSync(file).ino;
  edit();
  toy.log.reads.length = 0;
  await look();
  return statSync(file).ino === before;
}

describe("an edited spec file is judged with those that need it", () => {
  test.each<readonly [string, Parts, boolean]>([
    ["another doc", { doc: "Weighs." }, true],
    ["another signature", { signature: "number" }, true],
    ["a remark", { more: "# remark" }, true],
    ["another type that it declares", { type: "text" }, false],
    ["a need more", { uses: [6, 3] }, false],
    ["a need less", { links: [] }, false],
    ["an import less", { uses: [] }, false],
    ["a signature of another module's type", { signature: "Size6" }, true],
    ["a name that leads nowhere", { doc: "Uses {@link nobody}." }, false],
    ["a rule that its code no longer follows as all do", { signature: "loose" }, false],
    ["a spec more", { more: "spec more() -- More." }, false],
    ["a line that means nothing", { more: "what" }, false],
  ])("%s", async (_name, parts, cheap) => {
    expect(await isCheap(() => toy.write(pathOf(7), textOf(7, parts)))).toBe(cheap);
    expect(await look()).toEqual(await lookAtEverything());
  });

  test("no other file is read for it, neither then nor when it is edited again", async () => {
    for (const doc of ["Weighs.", "Counts.", "Measures."]) {
      expect(await isCheap(() => toy.write(pathOf(7), textOf(7, { doc })))).toBe(true);
      expect(new Set(toy.log.reads)).toEqual(new Set([pathOf(7)]));
    }
  });

  test("everything is looked at once so much was read of edited files that writing it anew is worth it", async () => {
    const edits = join(toy.root, cache, "analysis-edits.txt");
    expect(await isCheap(() => toy.write(pathOf(7), textOf(7, { doc: "Weighs." })))).toBe(true);
    appendFileSync(edits, "\n".repeat(1 << 22));
    expect(await isCheap(() => toy.write(pathOf(7), textOf(7, { doc: "Counts." })))).toBe(false);
    expect(existsSync(edits)).toBe(false);
  });

  test("what a failure holds up is still held up after an edit", async () => {
    toy.write(pathOf(7), textOf(7, { signature: "number" }));
    await (await toy.open()).build();
    const states = async (): Promise<unknown> => (await (await toy.open()).status()).modules["src/m8"];
    expect(await states()).toMatchObject({ status: "blocked" });
    toy.write(pathOf(8), textOf(8, { doc: "Weighs." }));
    expect(await states()).toMatchObject({ status: "blocked" });
    expect(await look()).toEqual(await lookAtEverything());
  });

  test("what was read of edited files is dropped with the next look at everything", async () => {
    const edits = join(toy.root, cache, "analysis-edits.txt");
    await isCheap(() => toy.write(pathOf(7), textOf(7, { doc: "Weighs." })));
    expect(readFileSync(edits, "utf8")).toContain(pathOf(7));
    await isCheap(() => toy.write(pathOf(7), textOf(7, { doc: "Weighs.", type: "text" })));
    expect(existsSync(edits)).toBe(false);
  });
});

/** Modules before this one, so that there are few cycles. */
const some = fc.option(fc.array(fc.nat(), { maxLength: 2 }), { nil: undefined, freq: 3 });

/** What is written, and where: a spec file as it may be edited, or remarks in a built one. */
const anyEdit = fc.record({
  index: fc.nat(count - 1),
  what: fc.constantFrom("all of it", "its words", "its words", "as it was", "what was built"),
  uses: some,
  links: some,
  type: fc.constantFrom("number", "number", "text", "m2", "Size3"),
  signature: fc.constantFrom(undefined, "number", "m1", "the type of another", "loose"),
  doc: fc.constantFrom("Measures.", "Weighs.", "Counts."),
  more: fc.constantFrom(undefined, undefined, undefined, "# remark", "spec more() -- More {@link nobody}.", "what"),
});

type Edit = typeof anyEdit extends fc.Arbitrary<infer Value> ? Value : never;

function write({ index, what, type, signature, doc, more, ...edit }: Edit): void {
  const before = (chosen: readonly number[] | undefined): readonly number[] | undefined =>
    index === 0 ? [] : chosen && [...new Set(chosen.map((other) => other % index))];
  const [uses, links] = [before(edit.uses), before(edit.links)];
  const other = `Size${uses?.[0] ?? Math.max(0, index - 1)}`;
  const named = signature === "the type of another" ? other : signature;
  const words = { doc, ...(named && { signature: named }), ...(links && { links }) };
  const all = { ...words, type, ...(uses && { uses }), ...(more && { more }) };
  const built = `src/__generated__/m${index}.out`;
  if (what === "what was built") toy.write(built, `${toy.exists(built) ? toy.read(built) : ""}# edited\n`);
  else toy.write(pathOf(index), textOf(index, what === "all of it" ? all : what === "its words" ? words : {}));
}

test("whatever is edited, a look that starts from the last one says what a look at everything says", async () => {
  let cheap = 0;
  const steps = fc.sample(fc.array(anyEdit, { minLength: 1, maxLength: 3 }), { numRuns: 200, seed: 1 });
  for (const edits of steps) {
    if (await isCheap(() => edits.forEach(write))) cheap += 1;
    expect(await look(), JSON.stringify(edits)).toEqual(await lookAtEverything());
  }
  expect(cheap).toBeGreaterThan(10);
}, 60_000);
