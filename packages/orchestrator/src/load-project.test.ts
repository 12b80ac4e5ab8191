import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createToyProject, fenced, type ToyProject } from "./__fixtures__/toy-project.ts";

const built = "src/__generated__/b.out";
let toy: ToyProject;
beforeEach(async () => {
  toy = createToyProject({
    "src/a.toy": "use ./types Amount\nspec a(Amount) -- Takes an amount.\n",
    "src/b.toy": "use ./a a\nspec b(number) -- Uses {@link a}.\n",
    "src/types.types": "type Amount = number\n",
    "toy.config": "strict",
  });
  Object.assign(toy.replies, { "src/a": fenced("fn a(Amount) = 1"), "src/b": fenced("fn b(number) = a@Amount") });
  await (await toy.open()).build();
  age();
  await states();
  toy.log.reads.length = 0;
});
afterEach(() => toy.remove());

async function states(): Promise<Readonly<Record<string, string>>> {
  const { modules } = await (await toy.open()).status();
  return Object.fromEntries(Object.entries(modules).map(([id, { status }]) => [id, status]));
}

/** Makes every file old enough for its time to be trusted, at a time of its own. */
function age(seconds = 100): void {
  const past = Date.now() / 1000 - seconds;
  for (const entry of readdirSync(toy.root, { recursive: true, withFileTypes: true }))
    if (entry.isFile()) utimesSync(join(entry.parentPath, entry.name), past, past);
}

const cacheFiles = (): readonly string[] =>
  ["summary.json", "analysis.txt"].map((name) => join(toy.root, ".jaunt/cache", name));

describe("a status that follows another", () => {
  test("reads no spec and makes no target, and writes nothing", async () => {
    const before = cacheFiles().map((file) => statSync(file).mtimeMs);
    const { language } = await import("./__fixtures__/toy-language.ts").then(({ createToyLanguage }) =>
      createToyLanguage(),
    );
    const refuse = {
      reader: {
        ...language.reader,
        read: () => {
          throw new Error("read");
        },
      },
      createTarget: () => {
        throw new Error("target");
      },
    };
    expect((await (await toy.open({ languages: [refuse] })).status()).counts).toEqual({ current: 2 });
    expect(cacheFiles().map((file) => statSync(file).mtimeMs)).toEqual(before);
  });

  test("reads and parses only what changed", async () => {
    toy.write("src/b.toy", `# remark\n${toy.read("src/b.toy")}`);
    expect(await states()).toEqual({ "src/a": "current", "src/b": "current" });
    expect(toy.log.reads).toEqual(["src/b.toy"]);
  });

  test("does not parse a file again that was only touched", async () => {
    utimesSync(join(toy.root, "src/b.toy"), 1000, 1000);
    expect(await states()).toEqual({ "src/a": "current", "src/b": "current" });
    expect(toy.log.reads).toEqual([]);
  });

  test.each<readonly [string, () => void, Readonly<Record<string, string>>]>([
    [
      "a changed type file",
      () => toy.write("src/types.types", "type Amount = text\n"),
      { "src/a": "stale", "src/b": "stale" },
    ],
    ["a type file that is gone", () => toy.remove("src/types.types"), { "src/a": "stale", "src/b": "stale" }],
    [
      "a hand edit",
      () => toy.write("src/__generated__/a.out", `${toy.read("src/__generated__/a.out")}fn more() = 1\n`),
      { "src/a": "edited", "src/b": "current" },
    ],
    [
      "a generated file that is gone",
      () => toy.remove("src/__generated__/a.out"),
      { "src/a": "unbuilt", "src/b": "current" },
    ],
    [
      "a new spec",
      () => toy.write("src/c.toy", "spec c() -- C.\n"),
      { "src/a": "current", "src/b": "current", "src/c": "unbuilt" },
    ],
    ["a spec that is gone", () => toy.remove("src/b.toy"), { "src/a": "current", "src/b": "orphaned" }],
  ])("sees %s", async (_name, change, expected) => {
    change();
    expect(await states()).toEqual(expected);
    // From the cache it says the same.
    expect(await states()).toEqual(expected);
  });

  test.each<readonly [string, () => void, string]>([
    ["edited", () => toy.write(built, `${toy.read(built)}fn more() = 1\n`), "edited"],
    ["deleted", () => toy.remove(built), "unbuilt"],
    ["damaged", () => toy.write(built, toy.read(built).replace("jaunt:", "jau:")), "edited"],
    ["another's", () => toy.write(built, toy.read("src/__generated__/a.out")), "stale"],
  ])(
    "judges anew only the module whose built file is %s, and as a look at everything does",
    async (_how, change, state) => {
      for (let more = 0; more < 4; more += 1) toy.write(`src/more${String(more)}.toy`, "spec more() -- More.\n");
      await states();
      age();
      await states();
      const before = statSync(cacheFiles()[1] ?? "").mtimeMs;
      change();
      const found = await states();
      expect(found["src/b"]).toBe(state);
      expect(statSync(cacheFiles()[1] ?? "").mtimeMs).toBe(before);
      expect(await states()).toEqual(found);
      for (const file of cacheFiles()) rmSync(file);
      expect(await states()).toEqual(found);
    },
  );

  test("sees a file that appears where a name was looked for before", async () => {
    // `./types` may also mean a module's facade, which comes first.
    toy.write("src/types.out", "pass on\n");
    expect((await states())["src/a"]).toBe("stale");
  });

  test("sees changed settings of the project", async () => {
    toy.write("toy.config", "loose");
    await states();
    expect(toy.log.reads.sort()).toEqual(["src/a.toy", "src/b.toy"]);
  });

  test.each(["appears", "changes"])(
    "works everything out again when a file that the language consulted %s",
    async (how) => {
      if (how === "changes") {
        toy.write("toy.extra", "one");
        await states();
      }
      const before = statSync(cacheFiles()[0] ?? "").mtimeMs;
      toy.write("toy.extra", "another");
      await states();
      expect(statSync(cacheFiles()[0] ?? "").mtimeMs).toBeGreaterThan(before);
    },
  );

  test("sees two edits of equal length under one time stamp", async () => {
    const now = Math.floor(Date.now() / 1000);
    const rewrite = (doc: string): void => {
      toy.write("src/b.toy", `use ./a a\nspec b(number) -- ${doc} {@link a}.\n`);
      utimesSync(join(toy.root, "src/b.toy"), now, now);
    };
    rewrite("Used");
    expect((await states())["src/b"]).toBe("stale");
    rewrite("Uses");
    expect((await states())["src/b"]).toBe("current");
  });

  test("finds its cache as a build left the project", async () => {
    toy.write("src/c.toy", "spec c() -- C.\n");
    toy.replies["src/c"] = fenced("fn c() = 1");
    const { generated } = await (await toy.open()).build();
    expect(generated).toEqual(["src/c"]);
    const before = cacheFiles().map((file) => statSync(file).mtimeMs);
    expect((await states())["src/c"]).toBe("current");
    expect(cacheFiles().map((file) => statSync(file).mtimeMs)).toEqual(before);
  });
});

describe("a cache that is not what it was", () => {
  test.each([
    ["gone", (file: string) => rmSync(file)],
    ["empty", (file: string) => writeFileSync(file, "")],
    ["cut off", (file: string) => writeFileSync(file, readFileSync(file).subarray(0, 300))],
    ["of something else", (file: string) => writeFileSync(file, '{"key":1,"ledger":[],"summary":null}\n{}\n')],
    ["binary", (file: string) => writeFileSync(file, Buffer.from([0, 255, 10, 0]))],
    [
      "a folder",
      (file: string) => {
        rmSync(file);
        mkdirSync(file);
      },
    ],
  ])("is no error when it is %s", async (_name, damage) => {
    for (const file of cacheFiles()) damage(file);
    expect(await states()).toEqual({ "src/a": "current", "src/b": "current" });
  });

  test("is not believed when its records belong to other contents", async () => {
    const [summary = ""] = cacheFiles();
    rmSync(summary);
    toy.write("src/a.toy", "spec a(Amount) -- Something else.\n");
    expect((await states())["src/a"]).toBe("stale");
  });

  test("is not used for another reader, config or tool", async () => {
    await (await toy.open({ toolVersion: "9.9.9" })).status();
    expect(toy.log.reads).toHaveLength(2);
    toy.log.reads.length = 0;
    toy.write("jaunt.toml", `${toy.read("jaunt.toml")}[build]\ninfer_deps = false\n`);
    await states();
    expect(toy.log.reads).toHaveLength(2);
  });
});

test("without a spec the error says where it looked", async () => {
  const empty = createToyProject({ "src/notes.txt": "" });
  try {
    await expect((await empty.open()).status()).rejects.toMatchObject({
      code: "no-specs",
      exitCode: 2,
      message: expect.stringContaining("**/*.toy in src") as string,
    });
  } finally {
    empty.remove();
  }
});

test("without a config the error says what to run", async () => {
  toy.remove("jaunt.toml");
  await expect(toy.open()).rejects.toMatchObject({
    code: "config-missing",
    exitCode: 2,
    hint: expect.stringContaining("jaunt init") as string,
  });
});

test("a file that is no UTF-8 is located, and other files go on", async () => {
  writeFileSync(join(toy.root, "src/latin.toy"), Buffer.from([0x23, 0x0a, 0x23, 0xe9, 0x0a]));
  const report = await (await toy.open()).status();
  expect(report.diagnostics).toMatchObject([{ code: "file/invalid-utf8", file: "src/latin.toy", start: { line: 2 } }]);
  expect(report.counts).toEqual({ current: 2 });
});
