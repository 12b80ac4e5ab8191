import { rename } from "node:fs/promises";
import { join } from "node:path";
import { runJaunt, type TemporaryProject } from "@jaunt/testkit";
import { afterEach, describe, expect, test } from "vitest";
import { build, createDiamond, edit, type DiamondOptions } from "./diamond-project.ts";

const opened: TemporaryProject[] = [];
afterEach(async () => {
  for (const project of opened.splice(0)) await project.remove();
});

interface WhyOutput {
  readonly status: string;
  readonly next: string | null;
  readonly artifact?: string;
  readonly explanations: readonly string[];
  readonly dependents: readonly string[];
  readonly changes: readonly {
    readonly part: string;
    readonly ref: string;
    readonly kind: string;
    readonly old: string | null;
    readonly new: string | null;
    readonly old_text?: string;
    readonly new_text?: string;
    readonly diff?: readonly string[];
    readonly words_only?: boolean;
  }[];
}

async function why(project: TemporaryProject, asked: string): Promise<WhyOutput> {
  const result = await runJaunt(project.root, ["why", asked, "--json"]);
  expect(`${result.stderr} exit ${String(result.exitCode)}`).toBe(" exit 0");
  return result.json() as WhyOutput;
}

async function shown(project: TemporaryProject, asked: string): Promise<string> {
  return (await runJaunt(project.root, ["why", asked])).stdout;
}

async function built(options?: DiamondOptions): Promise<TemporaryProject> {
  const project = await createDiamond(options);
  opened.push(project);
  await build(project.root);
  return project;
}

const hex = expect.stringMatching(/^[0-9a-f]{16}$/) as string;

describe("why shows what changed, old and new, down to the words", () => {
  test("of a module's own spec", async () => {
    const project = await built();
    await edit(project, "src/base.jaunt.ts", "Twice the number.", "The number, doubled.");
    const { status, next, changes } = await why(project, "src/base");
    expect({ status, next }).toEqual({ status: "stale", next: "jaunt build --target src/base" });
    expect(changes).toMatchObject([
      {
        part: "spec:base",
        ref: "src/base:base",
        kind: "spec_changed",
        old: hex,
        new: hex,
        diff: ["- Twice the number.", "+ The number, doubled."],
      },
    ]);
    expect(changes[0]?.old).not.toBe(changes[0]?.new);
    expect(changes[0]?.old_text).toContain("base(n: number): number\nTwice the number.");
    expect(changes[0]).not.toHaveProperty("words_only");
    expect((await shown(project, "src/base")).split("\n")).toEqual([
      "src/base is stale because:",
      expect.stringContaining(`(spec:base: ${changes[0]?.old ?? ""} -> ${changes[0]?.new ?? ""})`),
      "    - Twice the number.",
      "    + The number, doubled.",
      "It is used by:",
      "  src/left",
      "  src/right",
      "next: jaunt build --target src/base",
      expect.stringMatching(/^why: in /),
      "",
    ]);
  });

  test("of a symbol that it needs: words, or more than words", async () => {
    const project = await built();
    await edit(project, "src/base.jaunt.ts", "Twice the number.", "The number, doubled.");
    expect((await why(project, "src/left")).changes).toMatchObject([
      { ref: "src/base:base", part: "dep:src/base:base", kind: "dependency_changed", words_only: true },
    ]);
    expect(await shown(project, "src/left")).toContain("in words only: its signature and types are as they were\n");
    await edit(project, "src/base.jaunt.ts", "base(n: number)", "base(n: number | bigint)");
    const { changes } = await why(project, "src/left");
    expect(changes).toMatchObject([{ words_only: false }]);
    expect(changes[0]?.diff?.join("\n")).toMatch(/- .*base\(n: number\): number\n.*\n\+ .*base\(n: number \| bigint\)/);
  });

  test("of a type, by its name", async () => {
    const project = await built();
    await edit(project, "src/options.ts", "digits: number", "digits: 1 | 2");
    const [change] = (await why(project, "src/other")).changes;
    expect(change?.diff).toEqual([
      expect.stringMatching(/^- type src\/options\.ts#Options [0-9a-f]{16}$/),
      expect.stringMatching(/^\+ type src\/options\.ts#Options [0-9a-f]{16}$/),
    ]);
  });

  test("of hand-written code, by the name of the declaration", async () => {
    const project = await built();
    await edit(project, "src/base.jaunt.ts", "/** Twice", "export const limit = 3;\n/** Twice");
    const [change] = (await why(project, "src/base")).changes;
    expect(change).toMatchObject({ part: "context", ref: "src/base", kind: "context_changed" });
    expect(change?.diff).toEqual([expect.stringMatching(/^\+ exported value limit [0-9a-f]{16}$/)]);
  });

  test("of a spec that was added, and of one that went", async () => {
    const project = await built();
    await edit(project, "src/left.jaunt.ts", "declare function left(", "declare function lefty(");
    const { changes } = await why(project, "src/left");
    expect(changes).toMatchObject([
      { kind: "spec_removed", ref: "src/left:left", old: hex, new: null },
      { kind: "spec_added", ref: "src/left:lefty", old: null, new: hex },
    ]);
    expect(changes[0]?.old_text).toContain("left(n: number): number");
    expect(changes[1]?.new_text).toContain("lefty(n: number): number");
  });

  test("and knows only digests where the texts never were", async () => {
    const project = await built();
    await project.remove(".jaunt");
    await edit(project, "src/base.jaunt.ts", "Twice the number.", "The number, doubled.");
    const [change] = (await why(project, "src/left")).changes;
    expect(change).toMatchObject({ old: hex, new: hex, new_text: expect.stringContaining("doubled") as string });
    expect(change).not.toHaveProperty("old_text");
    expect(change).not.toHaveProperty("words_only");
    expect(await shown(project, "src/left")).toContain("only the digests are known here");
  });
});

test("a ref narrows the answer to that symbol", async () => {
  const project = await built();
  const base = await project.read("src/base.jaunt.ts");
  await project.write("src/base.jaunt.ts", `${base}\n/** Half. */\nexport declare function half(n: number): number;\n`);
  await project.write(
    "recordings/src/base.1.md",
    '<!-- jaunt:recording {"version":1} -->\n```ts\nexport function base(n: number): number {\n  return n * 2;\n}\nexport function half(n: number): number {\n  return n / 2;\n}\n```\n',
  );
  await build(project.root);
  await edit(project, "src/base.jaunt.ts", "Twice the number.", "The number, doubled.");
  expect(await why(project, "src/base:base")).toMatchObject({
    ref: "src/base:base",
    changes: [{ ref: "src/base:base" }],
    dependents: ["src/left", "src/right"],
  });
  expect(await why(project, "src/base:half")).toMatchObject({ status: "stale", changes: [], dependents: [] });
  expect(await shown(project, "src/base:half")).toContain("src/base is stale, but nothing that concerns src/base:half");
  const unknown = await runJaunt(project.root, ["why", "src/base:hlaf"]);
  expect(unknown).toMatchObject({ exitCode: 2 });
  expect(unknown.stderr).toContain('Did you mean "src/base:half"?');
});

describe("every state has its explanation and its next command", () => {
  test.each<{
    readonly state: string;
    readonly module: string;
    readonly change: (project: TemporaryProject) => Promise<unknown>;
    readonly says: RegExp;
    readonly next: string | null;
  }>([
    {
      state: "current",
      module: "src/left",
      change: () => Promise.resolve(),
      says: /^src\/left is current: nothing it depends on has changed\nIt uses:\n {2}src\/left:left {2}-> src\/base:base/,
      next: null,
    },
    {
      state: "unbuilt",
      module: "src/left",
      change: (project) => project.remove("src/__generated__/left.ts"),
      says: /never built/,
      next: "jaunt build --target src/left",
    },
    {
      state: "edited",
      module: "src/left",
      change: (project) => edit(project, "src/__generated__/left.ts", "base(n) + 1", "base(n) + 2"),
      says: /edited by hand/,
      next: "jaunt build --force --target src/left",
    },
    {
      state: "orphaned",
      module: "src/top",
      change: (project) => project.remove("src/top.jaunt.ts"),
      says: /spec no longer exists/,
      next: "jaunt clean --orphans --target src/top",
    },
    {
      state: "failed",
      module: "src/right",
      change: failRight,
      says: /last generation failed: .*\n {4}details: \.jaunt\/failed\/src\/right\.md/s,
      next: "jaunt build --target src/right",
    },
    {
      state: "blocked",
      module: "src/top",
      change: failRight,
      says: /depends on src\/right, which failed to build/,
      next: "jaunt build --target +src/top",
    },
    {
      state: "outdated",
      module: "src/top",
      change: (project) => edit(project, "jaunt.toml", 'provider = "replay"', 'provider = "litellm"'),
      says: /generated by .*; the model is litellm\/scripted-model now/,
      next: "jaunt build --force --target src/top",
    },
  ])("$state", async ({ state, module, change, says, next }) => {
    const project = await built();
    await change(project);
    expect(await why(project, module)).toMatchObject({ status: state, next });
    const text = await shown(project, module);
    expect(text).toMatch(says);
    if (next === null) expect(text).not.toContain("next:");
    else expect(text).toContain(`next: ${next}\n`);
  });
});

async function failRight(project: TemporaryProject): Promise<void> {
  await project.remove("src/__generated__");
  await rename(join(project.root, "recordings/src/right.1.md"), join(project.root, "kept.md"));
  expect((await runJaunt(project.root, ["build"])).exitCode).toBe(3);
}

describe("texts from files and from the cache are data", () => {
  test("escape sequences never reach the terminal", async () => {
    const project = await built();
    await edit(project, "src/base.jaunt.ts", "Twice the number.", "The \u001b[31mred \u202enumber.\u0007");
    const text = await shown(project, "src/left");
    expect(text).toContain("+ The red number.");
    // oxlint-disable-next-line no-control-regex -- control characters are what must not be there
    expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202e]/);
  });

  test("a store of nonsense is a store of nothing", async () => {
    const project = await built();
    const kept = (await project.list(".jaunt/cache/contracts")).filter((path) => path.endsWith(".json"));
    expect(kept.length).toBeGreaterThan(5);
    for (const path of kept) await project.write(path, '{"version":1,"text":{"toString":1},"shape":[]}');
    await edit(project, "src/base.jaunt.ts", "Twice the number.", "The number, doubled.");
    expect((await why(project, "src/left")).changes[0]).not.toHaveProperty("old_text");
  });
});

describe("a restamped module is reported with what its dependency says now", () => {
  test("in the words that went and came", async () => {
    const project = await built();
    await edit(project, "src/base.jaunt.ts", "Twice the number.", "The number, doubled.");
    const { stdout } = await runJaunt(project.root, ["build"]);
    expect(stdout).toContain(
      "restamped (types only): src/left; src/base:base changed in words only: - Twice the number. + The number, doubled.",
    );
  });

  test("and says so when the old words are not known", async () => {
    const project = await built();
    await project.remove(".jaunt");
    await edit(project, "src/base.jaunt.ts", "Twice the number.", "The number, doubled.");
    const { stdout } = await runJaunt(project.root, ["build"]);
    expect(stdout).toContain(
      "restamped (types only): src/left; src/base:base changed; its old words are not known here",
    );
  });
});
