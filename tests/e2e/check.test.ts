import { chmod, mkdir, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { createTemporaryProject, runJaunt, type TemporaryProject } from "@jaunt/testkit";
import { afterEach, describe, expect, test } from "vitest";
import { build, createDiamond, diamondFiles, edit, git, snapshotTree } from "./diamond-project.ts";

const opened: TemporaryProject[] = [];
afterEach(async () => {
  for (const project of opened.splice(0)) await project.remove();
});

interface CheckOutput {
  readonly ok: boolean;
  readonly checked: number;
  readonly since?: { readonly base: string; readonly changed_files: number; readonly everything_because?: string };
  readonly problems: readonly { readonly module: string; readonly status: string; readonly fix: string }[];
  readonly warnings: readonly { readonly module: string }[];
}

interface Checked {
  readonly exitCode: number | null;
  readonly report: CheckOutput;
  readonly found: readonly string[];
}

async function check(root: string, ...args: readonly string[]): Promise<Checked> {
  const result = await runJaunt(root, ["check", "--json", ...args]);
  const report = result.json() as CheckOutput;
  return {
    exitCode: result.exitCode,
    report,
    found: report.problems.map(({ module, status }) => `${module} ${status}`),
  };
}

async function built(): Promise<TemporaryProject> {
  const project = await createDiamond();
  opened.push(project);
  await build(project.root);
  return project;
}

const generated = "src/__generated__/left.ts";

/** How a module gets into each state, what the gate finds, and what mends it. `after` makes the command able to. */
const states: readonly {
  readonly state: string;
  readonly change: (project: TemporaryProject) => Promise<unknown>;
  readonly found: readonly string[];
  readonly fixes: readonly string[];
  readonly after?: (project: TemporaryProject) => Promise<unknown>;
}[] = [
  {
    state: "stale by its own spec",
    change: (project) => edit(project, "src/top.jaunt.ts", "Sum of", "The sum of"),
    found: ["src/top stale"],
    fixes: ["build --target src/top"],
  },
  {
    state: "stale by a dependency",
    change: (project) => edit(project, "src/base.jaunt.ts", "Twice the number.", "The number, doubled."),
    found: ["src/base stale", "src/left stale", "src/right stale"],
    fixes: ["build --target src/base", "build --target src/left", "build --target src/right"],
  },
  {
    state: "stale by a type that its signature reaches",
    change: (project) => edit(project, "src/options.ts", "digits: number", "digits: 1 | 2"),
    found: ["src/other stale"],
    fixes: ["build --target src/other"],
  },
  {
    state: "unbuilt",
    // What needs it cannot be judged before it is there.
    change: (project) => project.remove(generated),
    found: ["src/left unbuilt"],
    fixes: ["build --target src/left"],
  },
  {
    state: "a placeholder only",
    change: async (project) => {
      await project.remove(generated);
      expect((await runJaunt(project.root, ["sync"])).exitCode).toBe(0);
    },
    found: ["src/left unbuilt"],
    fixes: ["build --target src/left"],
  },
  {
    state: "edited",
    change: (project) => edit(project, generated, "base(n) + 1", "base(n) + 2"),
    found: ["src/left edited"],
    fixes: ["build --force --target src/left"],
  },
  {
    state: "in a merge conflict",
    change: (project) => edit(project, generated, "// jaunt:kind", "<<<<<<< HEAD\n// jaunt:kind"),
    found: ["src/left edited"],
    fixes: ["build --force --target src/left"],
  },
  {
    state: "orphaned",
    change: async (project) => {
      await project.remove("src/top.jaunt.ts");
      await project.remove("src/app.ts");
    },
    found: ["src/top orphaned"],
    fixes: ["clean --orphans --target src/top"],
  },
  {
    state: "failed, and what that blocks",
    change: async (project) => {
      await project.remove("src/__generated__");
      await rename(join(project.root, "recordings/src/right.1.md"), join(project.root, "kept.md"));
      await runJaunt(project.root, ["build"]);
    },
    found: ["src/right failed", "src/top blocked"],
    fixes: ["build --target src/right", "build --target +src/top"],
    after: (project) => rename(join(project.root, "kept.md"), join(project.root, "recordings/src/right.1.md")),
  },
  {
    state: "current and no longer type-checking",
    // No digest holds what a hand-written value is.
    change: (project) => edit(project, "src/round.ts", "digits: number", "digits: string"),
    found: ["src/other stale"],
    fixes: ["build --target src/other"],
    after: (project) => edit(project, "src/round.ts", "digits: string", "digits: number"),
  },
  {
    state: "without its facade",
    change: (project) => project.remove("src/left.ts"),
    found: ["src/left current", "src/top stale"],
    fixes: ["sync --target src/left", "build --target src/top"],
  },
];

describe("the gate fails with 3, says what mends it, and that does", () => {
  test.each(states)("$state", async ({ change, found, fixes, after }) => {
    const project = await built();
    expect(await check(project.root)).toMatchObject({ exitCode: 0, found: [], report: { checked: 5, ok: true } });
    await change(project);
    const checked = await check(project.root);
    expect(checked).toMatchObject({ exitCode: 3, report: { ok: false } });
    expect(checked.found).toEqual(found);
    expect(checked.report.problems.map(({ fix }) => fix)).toEqual(fixes.map((fix) => `jaunt ${fix}`));
    await after?.(project);
    for (const fix of fixes) expect((await runJaunt(project.root, fix.split(" "))).exitCode, fix).toBe(0);
    expect(await check(project.root)).toMatchObject({ exitCode: 0, found: [] });
  });

  test("what is merely outdated passes with a warning", async () => {
    const project = await built();
    await edit(project, "jaunt.toml", 'provider = "replay"', 'provider = "litellm"');
    const { exitCode, report } = await check(project.root);
    expect(exitCode).toBe(0);
    expect(report.warnings.map(({ module }) => module)).toHaveLength(5);
  });

  test("of a selection only, in which nothing may be found without a complaint", async () => {
    const project = await built();
    await edit(project, "src/base.jaunt.ts", "Twice", "Two times");
    expect((await check(project.root, "--target", "src/base+", "--exclude", "src/left")).found).toEqual([
      "src/base stale",
      "src/right stale",
    ]);
    expect(await check(project.root, "--target", "src/other")).toMatchObject({ exitCode: 0 });
    expect(await check(project.root, "--target", "state:orphaned")).toMatchObject({ exitCode: 0 });
    expect((await runJaunt(project.root, ["check", "--target", "src/othr"])).exitCode).toBe(2);
  });
});

describe("check is safe in CI", () => {
  test("it reads a project that nobody may write, without a key, a connection or a write", async () => {
    const project = await built();
    await git(project.root, "init", "-q", "-b", "main");
    await project.write(".gitignore", "node_modules\n.jaunt\n");
    await git(project.root, "add", "-A");
    await git(project.root, "commit", "-qm", "one");
    await edit(project, "src/base.jaunt.ts", "Twice", "Two times");
    const guard = await createTemporaryProject({ "guard.mjs": noConnections });
    opened.push(guard);
    const env = { NODE_OPTIONS: `--import=${pathToFileURL(join(guard.root, "guard.mjs")).href}` };
    const folders = ["src", "src/__generated__", ".jaunt", ".git", "."];
    for (const folder of folders) await chmod(join(project.root, folder), 0o555);
    try {
      const before = await snapshotTree(project.root);
      for (const args of [["check"], ["check", "--since", "main"], ["check", "--target", "src/other"]]) {
        const { exitCode, stderr } = await runJaunt(project.root, args, { env });
        expect(stderr).toBe("");
        expect(exitCode).toBe(args.includes("src/other") ? 0 : 3);
      }
      expect(await snapshotTree(project.root)).toEqual(before);
    } finally {
      for (const folder of folders) await chmod(join(project.root, folder), 0o755);
    }
  });

  test("it leaves no cache where there was none", async () => {
    const project = await built();
    await project.remove(".jaunt");
    const before = await snapshotTree(project.root);
    expect(await check(project.root)).toMatchObject({ exitCode: 0 });
    expect(await snapshotTree(project.root)).toEqual(before);
  });
});

/** Ends a process that opens a connection to any host. Pipes to children are none. */
const noConnections = `
import { Socket } from "node:net";
const connect = Socket.prototype.connect;
Socket.prototype.connect = function (...args) {
  const [options] = Array.isArray(args[0]) ? args[0] : args;
  if (typeof options === "object" && options?.path === undefined) {
    process.stderr.write("A connection was opened: " + JSON.stringify(options));
    process.exit(99);
  }
  return connect.apply(this, args);
};
`;

describe("--since", () => {
  async function repository(folder = ""): Promise<{ readonly project: TemporaryProject; readonly root: string }> {
    const project = await createTemporaryProject(diamondFiles({ folder }), { nodeModules: true });
    opened.push(project);
    const root = join(project.root, folder);
    await build(root);
    await git(project.root, "init", "-q", "-b", "main");
    await project.write(".gitignore", "node_modules\n.jaunt\n");
    // Somebody left this behind before; it must not fail other people's branches.
    await project.write(`${folder}src/lone.jaunt.ts`, "/** One. */\nexport declare function lone(): number;\n");
    expect((await runJaunt(root, ["sync"])).exitCode).toBe(0);
    await git(project.root, "add", "-A");
    await git(project.root, "commit", "-qm", "one");
    await git(project.root, "checkout", "-qb", "topic");
    return { project, root };
  }

  test("passes what a branch leaves alone, and a whole check does not", async () => {
    const { project } = await repository();
    expect(await check(project.root)).toMatchObject({ exitCode: 3, found: ["src/lone unbuilt"] });
    expect(await check(project.root, "--since", "main")).toMatchObject({ exitCode: 0, report: { checked: 0 } });
    await edit(project, "src/app.ts", "top(3)", "top(4)");
    await project.write("notes with spaces ü\n.md", "unrelated");
    await git(project.root, "commit", "-qam", "two");
    const { exitCode, report } = await check(project.root, "--since", "main");
    expect({ exitCode, report }).toMatchObject({ exitCode: 0, report: { checked: 0, since: { changed_files: 2 } } });
    expect((await runJaunt(project.root, ["check", "--since", "main"])).stdout).toContain(
      "nothing that Jaunt builds was touched since main",
    );
  });

  const touches: readonly {
    readonly what: string;
    readonly change: (project: TemporaryProject) => Promise<unknown>;
    readonly found: readonly string[];
    readonly checked: number;
  }[] = [
    {
      what: "a spec, with those who need it",
      change: (project) => edit(project, "src/base.jaunt.ts", "Twice", "Two times"),
      found: ["src/base stale", "src/left stale", "src/right stale"],
      checked: 3,
    },
    {
      what: "a spec whose meaning is as it was",
      change: (project) => edit(project, "src/left.jaunt.ts", "/**", "// a remark\n/**"),
      found: [],
      checked: 2,
    },
    {
      what: "a generated file",
      change: (project) => edit(project, generated, "base(n) + 1", "base(n) + 2"),
      found: ["src/left edited"],
      checked: 1,
    },
    {
      what: "a deleted generated file",
      change: (project) => project.remove(generated),
      found: ["src/left unbuilt"],
      checked: 1,
    },
    {
      what: "a deleted facade, which others import",
      change: (project) => project.remove("src/left.ts"),
      found: ["src/left current", "src/top stale"],
      checked: 2,
    },
    {
      what: "a type file that a signature reaches",
      change: (project) => edit(project, "src/options.ts", "digits: number", "digits: 1 | 2"),
      found: ["src/other stale"],
      checked: 1,
    },
    {
      what: "a type file in a way that no signature sees",
      change: (project) => edit(project, "src/options.ts", "export", "export type Unused = 1;\nexport"),
      found: [],
      checked: 1,
    },
    {
      what: "a hand-written value that generated code no longer fits",
      change: (project) => edit(project, "src/round.ts", "digits: number", "digits: string"),
      found: ["src/other stale"],
      checked: 1,
    },
    {
      what: "a new spec that git does not know yet",
      change: (project) =>
        project.write("src/fresh.jaunt.ts", "/** One. */\nexport declare function fresh(): number;\n"),
      found: ["src/fresh unbuilt", "src/fresh unbuilt"],
      checked: 1,
    },
    {
      what: "a deleted spec, with who needed it",
      change: (project) => project.remove("src/left.jaunt.ts"),
      found: ["src/left orphaned", "src/top stale"],
      checked: 2,
    },
    {
      what: "a renamed spec, under both names",
      change: (project) => git(project.root, "mv", "src/top.jaunt.ts", "src/summit.jaunt.ts"),
      found: ["src/summit unbuilt", "src/summit unbuilt", "src/top orphaned"],
      checked: 2,
    },
    {
      what: "jaunt.toml, which is everything",
      change: (project) => edit(project, "jaunt.toml", "[llm]", "# a remark\n[llm]"),
      found: ["src/lone unbuilt"],
      checked: 6,
    },
    {
      what: "the tsconfig, which is everything",
      change: (project) => edit(project, "tsconfig.json", '"strict":true', '"strict": true'),
      found: ["src/lone unbuilt"],
      checked: 6,
    },
  ];

  test.each(touches)("sees $what", async ({ change, found, checked }) => {
    const { project } = await repository();
    await change(project);
    const loose = await check(project.root, "--since", "main");
    expect(loose.found).toEqual(found);
    expect(loose).toMatchObject({ exitCode: found.length === 0 ? 0 : 3, report: { checked } });
    await git(project.root, "add", "-A");
    expect((await check(project.root, "--since", "main")).found, "staged").toEqual(found);
    await git(project.root, "commit", "-qm", "two");
    expect((await check(project.root, "--since", "main")).found, "committed").toEqual(found);
  });

  test("sees a type through a barrel and other files", async () => {
    const { project } = await repository();
    await project.write("src/barrel.ts", 'export type { Options } from "./options.js";\n');
    await edit(project, "src/other.jaunt.ts", "./options.js", "./barrel.js");
    await build(project.root, "--target", "src/other");
    await git(project.root, "add", "-A");
    await git(project.root, "commit", "-qm", "two");
    await edit(project, "src/options.ts", "digits: number", "digits: 1 | 2");
    expect((await check(project.root, "--since", "HEAD")).found).toEqual(["src/other stale"]);
  });

  test("counts from where the branch left, not from what happened there since", async () => {
    const { project } = await repository();
    await git(project.root, "checkout", "-q", "main");
    await edit(project, "src/left.jaunt.ts", "One more", "Just one more");
    await git(project.root, "commit", "-qam", "elsewhere");
    await git(project.root, "checkout", "-q", "topic");
    expect(await check(project.root, "--since", "main")).toMatchObject({ exitCode: 0, report: { checked: 0 } });
  });

  test("works in a folder of a repository, whose other folders do not concern it", async () => {
    const { project, root } = await repository("packages/some project/");
    await project.write("packages/other/index.ts", "export {};\n");
    expect(await check(root, "--since", "main")).toMatchObject({ exitCode: 0, report: { checked: 0 } });
    await edit(project, "packages/some project/src/left.jaunt.ts", "One more", "Just one more");
    await git(project.root, "config", "diff.relative", "true");
    expect((await check(root, "--since", "main")).found).toEqual(["src/left stale", "src/top stale"]);
  });

  test("together with a selection checks what is in both", async () => {
    const { project } = await repository();
    await edit(project, "src/base.jaunt.ts", "Twice", "Two times");
    expect((await check(project.root, "--since", "main", "--exclude", "state:stale")).found).toEqual([]);
    expect((await check(project.root, "--since", "main", "--target", "src/left")).found).toEqual(["src/left stale"]);
  });

  test.each([
    ["--output=/tmp/x", 'git knows no revision "--output=/tmp/x"', "Name a branch"],
    ["nowhere", 'git knows no revision "nowhere"', "git fetch origin main"],
    ["", 'git knows no revision ""', "Name a branch"],
    ["main:src/app.ts", "git knows no revision", "Name a branch"],
    ["$(touch planted)", "git knows no revision", "Name a branch"],
  ])("refuses %j", async (revision, message, hint) => {
    const { project } = await repository();
    const { exitCode, stderr } = await runJaunt(project.root, ["check", `--since=${revision}`]);
    expect({ exitCode, stderr }).toMatchObject({ exitCode: 2, stderr: expect.stringContaining(message) as string });
    expect(stderr).toContain(hint);
    expect(project.exists("planted")).toBe(false);
  });

  test("proposes the remote branch where only that was fetched", async () => {
    const { project } = await repository();
    await git(project.root, "update-ref", "refs/remotes/origin/develop", "HEAD");
    const { stderr } = await runJaunt(project.root, ["check", "--since", "develop"]);
    expect(stderr).toContain("Did you mean origin/develop?");
  });

  test("says what a shallow clone lacks", async () => {
    const { project } = await repository();
    await edit(project, "src/app.ts", "top(3)", "top(4)");
    await git(project.root, "commit", "-qam", "two");
    const clone = await createTemporaryProject({});
    opened.push(clone);
    const from = pathToFileURL(project.root).href;
    await git(clone.root, "clone", "-q", "--depth=1", "--no-single-branch", "-b", "topic", from, "shallow");
    const { exitCode, stderr } = await runJaunt(join(clone.root, "shallow"), ["check", "--since", "origin/main"]);
    expect(exitCode).toBe(2);
    expect(stderr).toContain("no commit in common");
    expect(stderr).toContain("fetch-depth: 0");
  });

  test("needs a repository, with a commit", async () => {
    const project = await built();
    const outside = await runJaunt(project.root, ["check", "--since", "main"]);
    expect(outside).toMatchObject({ exitCode: 2 });
    expect(outside.stderr).toContain("git repository");
    await git(project.root, "init", "-q", "-b", "main");
    const empty = await runJaunt(project.root, ["check", "--since", "main"]);
    expect(empty).toMatchObject({ exitCode: 2 });
  });

  test("starts no program that the repository names", async () => {
    const { project } = await repository();
    await mkdir(join(project.root, ".git/hooks"), { recursive: true });
    const planted = join(project.root, "planted");
    await writeFile(join(project.root, ".git/hooks/fsmonitor"), `#!/bin/sh\ntouch "${planted}"\n`, { mode: 0o755 });
    await git(project.root, "config", "core.fsmonitor", ".git/hooks/fsmonitor");
    await git(project.root, "config", "diff.external", ".git/hooks/fsmonitor");
    await writeFile(planted, "");
    await project.remove("planted");
    await edit(project, "src/left.jaunt.ts", "One more", "Just one more");
    expect((await check(project.root, "--since", "main")).found).toEqual(["src/left stale", "src/top stale"]);
    expect(project.exists("planted")).toBe(false);
  });
});
