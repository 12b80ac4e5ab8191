import { mkdir, mkdtemp, readdir, readFile, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  createTemporaryProject,
  runJaunt,
  runProcess,
  type ProcessResult,
  type TemporaryProject,
} from "@jaunt/testkit";
import { afterEach, describe, expect, test } from "vitest";
import { tsconfig } from "./fixture.ts";
import { recordings } from "./recorded-project.ts";

const generated = "src/__generated__/greet.ts";
const opened: TemporaryProject[] = [];
afterEach(async () => {
  for (const project of opened.splice(0)) await project.remove();
});

/** A project with one built module, below `folder` of a temporary folder. */
async function open(folder = ""): Promise<TemporaryProject> {
  const files = {
    "jaunt.toml": '[llm]\nprovider = "replay"\n',
    "package.json": '{ "name": "guard", "private": true, "type": "module" }',
    "tsconfig.json": tsconfig(),
    ".gitignore": "node_modules\n.jaunt/\n",
    "src/greet.jaunt.ts": "/** Hello, and the name! */\nexport declare function greet(name: string): string;\n",
    ...recordings({ "src/greet": "export function greet(name: string): string {\n  return `Hello, ${name}!`;\n}" }),
  };
  const project = await createTemporaryProject(
    Object.fromEntries(Object.entries(files).map(([path, text]) => [`${folder}${path}`, text])),
    { nodeModules: true },
  );
  opened.push(project);
  expect(await runJaunt(join(project.root, folder), ["build"])).toMatchObject({ exitCode: 0 });
  return project;
}

describe("the hook of Claude Code", () => {
  /** Sends an event as Claude Code does; a string is sent as it is. */
  function hook(project: TemporaryProject, event: object | string): Promise<ProcessResult> {
    const common = { session_id: "s", transcript_path: "/t", cwd: project.root, permission_mode: "default" };
    const input =
      typeof event === "string" ? event : JSON.stringify({ ...common, hook_event_name: "PreToolUse", ...event });
    return runJaunt(project.root, ["guard", "--hook", "claude"], { input });
  }

  function edit(file: string): object {
    return { tool_name: "Edit", tool_input: { file_path: file, old_string: "Hello", new_string: "Hi" } };
  }

  async function expectDenied(result: Promise<ProcessResult>): Promise<string> {
    const { exitCode, stderr, json } = await result;
    const document = json() as { hookSpecificOutput: { permissionDecisionReason: string } };
    const reason = document.hookSpecificOutput.permissionDecisionReason;
    // The whole document, for Claude Code passes over one that it does not know.
    expect({ exitCode, stderr, document }).toEqual({
      exitCode: 0,
      stderr: "",
      document: {
        hookSpecificOutput: {
          hookEventName: "PreToolUse",
          permissionDecision: "deny",
          permissionDecisionReason: reason,
        },
      },
    });
    return reason;
  }

  test("refuses an edit of a generated file, and names the spec and the command", async () => {
    const project = await open();
    const reason = await expectDenied(hook(project, edit(join(project.root, generated))));
    expect(reason).toContain("Edit the spec src/greet.jaunt.ts instead, then run `jaunt build --target src/greet`");
    expect(await project.read(generated)).toContain("Hello");
  });

  test("refuses it by every tool, and by every way to name the file", async () => {
    const project = await open();
    await symlink(generated, join(project.root, "link.ts"));
    await symlink("src/__generated__", join(project.root, "gen"));
    const file = join(project.root, generated);
    const events = [
      { tool_name: "Write", tool_input: { file_path: file, content: "" } },
      { tool_name: "Write", tool_input: { file_path: join(project.root, "src/__generated__/new.ts"), content: "" } },
      { tool_name: "MultiEdit", tool_input: { file_path: file, edits: [] } },
      { tool_name: "NotebookEdit", tool_input: { notebook_path: file, new_source: "" } },
      edit(generated),
      edit(join(project.root, "src", "..", generated)),
      edit(join(project.root, "link.ts")),
      edit(join(project.root, "gen", "greet.ts")),
      { ...edit("__generated__/greet.ts"), cwd: join(project.root, "src") },
      { tool_name: "Bash", tool_input: { command: `echo x > ${generated}` } },
      { tool_name: "Bash", tool_input: { command: "cd src/__generated__ && sed -i s/Hello/Hi/ greet.ts" } },
      { tool_name: "Bash", tool_input: { command: "npm test; rm -rf src/__generated__" } },
      { tool_name: "Bash", tool_input: { command: `cp /tmp/mine.ts ${generated}` } },
    ];
    for (const event of events) await expectDenied(hook(project, event));
  });

  test("refuses placeholders too, and tells of a project elsewhere with --root", async () => {
    const project = await open("app/");
    await project.write("app/src/later.jaunt.ts", "/** One. */\nexport declare function later(): number;\n");
    await runJaunt(join(project.root, "app"), ["sync"]);
    const reason = await expectDenied(hook(project, edit(join(project.root, "app/src/__generated__/later.ts"))));
    expect(reason).toContain("app/src/later.jaunt.ts");
    expect(reason).toContain("`jaunt build --target src/later --root app`");
  });

  test("lets everything else pass in silence", async () => {
    const project = await open();
    const events = [
      edit(join(project.root, "src/greet.ts")),
      edit(join(project.root, "src/greet.jaunt.ts")),
      edit(join(project.root, "jaunt.toml")),
      edit(join(tmpdir(), "elsewhere", "src/__generated__/greet.ts")),
      { tool_name: "Read", tool_input: { file_path: join(project.root, generated) } },
      { tool_name: "Bash", tool_input: { command: `cat ${generated} && jaunt build && git add ${generated}` } },
      { tool_name: "Bash", tool_input: { command: `cp ${generated} /tmp/copy-of-greet.ts` } },
      { tool_name: "SomethingNew", tool_input: 7 },
    ];
    for (const event of events)
      expect(await hook(project, event)).toMatchObject({ exitCode: 0, stdout: "", stderr: "" });
  });

  test.each([
    ["no JSON", "{"],
    ["nothing", ""],
    ["a list", "[]"],
    ["an event without a tool", "{}"],
    ["an edit without a file", '{"tool_name":"Edit","tool_input":{}}'],
    ["a command that is no text", '{"tool_name":"Bash","tool_input":{"command":7}}'],
  ])("lets %s pass, and says so", async (_name, event) => {
    const result = await hook(await open(), event);
    expect(result).toMatchObject({ exitCode: 0, stdout: "" });
    expect(result.stderr).toMatch(/^jaunt guard: it cannot judge this event and lets it pass: .+\n$/);
  });

  test("goes by the usual folders and by headers when jaunt.toml is broken, so that an agent can mend it", async () => {
    const project = await open();
    await project.write("jaunt.toml", "[paths\n");
    const denied = await hook(project, edit(join(project.root, generated)));
    expect(denied.stdout).toContain('"deny"');
    expect(denied.stderr).toContain("jaunt.toml cannot be read");
    expect(await hook(project, edit(join(project.root, "jaunt.toml")))).toMatchObject({ exitCode: 0, stdout: "" });
  });

  test("loads no language, no backend, no schema and no command line", async () => {
    const project = await open();
    const coverage = await mkdtemp(join(tmpdir(), "jaunt-loaded-"));
    await runJaunt(project.root, ["guard", "--hook", "claude"], {
      input: JSON.stringify({ cwd: project.root, ...edit(generated) }),
      env: { NODE_V8_COVERAGE: coverage },
    });
    const [report = ""] = await readdir(coverage);
    const { result } = JSON.parse(await readFile(join(coverage, report), "utf8")) as { result: { url: string }[] };
    await rm(coverage, { recursive: true });
    const loaded = result.map(({ url }) => url).filter((url) => url.startsWith("file:"));
    expect(loaded.some((url) => url.includes("/orchestrator/dist/guard/"))).toBe(true);
    expect(
      loaded.filter((url) =>
        /\/(?:zod|commander|cacache|chokidar|oxc-parser|typescript)\/|\/backends\/|run-in-process/.test(url),
      ),
    ).toEqual([]);
  });
});

describe("before a commit", () => {
  async function repository(folder = ""): Promise<TemporaryProject> {
    const project = await open(folder);
    await git(project, "init", "-q");
    await git(project, "add", ".");
    await git(project, "commit", "-q", "-m", "Built");
    return project;
  }

  function git(project: TemporaryProject, ...args: readonly string[]): Promise<ProcessResult> {
    const identity = ["-c", "user.name=Test", "-c", "user.email=test@example.com", "-c", "commit.gpgsign=false"];
    return runProcess("git", [...identity, ...args], { cwd: project.root });
  }

  const guard = (project: TemporaryProject, ...args: readonly string[]): Promise<ProcessResult> =>
    runJaunt(project.root, ["guard", "--git", ...args]);

  async function rewrite(project: TemporaryProject, path: string, from: string | RegExp, to: string): Promise<void> {
    const before = await project.read(path);
    const after = before.replace(from, to);
    expect(after).not.toBe(before);
    await project.write(path, after);
  }

  test("a hand edit is refused, with the spec and the way back", async () => {
    const project = await repository();
    await rewrite(project, generated, "`Hello", "`Hi");
    expect(await guard(project)).toMatchObject({ exitCode: 0, stdout: "\n" });
    await git(project, "add", ".");
    const refused = await guard(project);
    expect(refused.exitCode).toBe(3);
    expect(refused.stdout).toContain("src/greet.jaunt.ts");
    expect(refused.stdout).toContain("jaunt build --force --target src/greet");
    expect((await guard(project, "--json")).json()).toMatchObject({
      schema: "jaunt.guard/1",
      ok: false,
      checked: 1,
      refused: [{ path: generated, reason: "edited", spec: "src/greet.jaunt.ts" }],
    });
  });

  test("it looks at what is staged, not at what lies in the folder", async () => {
    const project = await repository();
    const built = await project.read(generated);
    await rewrite(project, generated, "`Hello", "`Hi");
    await git(project, "add", ".");
    await project.write(generated, built);
    expect((await guard(project)).exitCode).toBe(3);
  });

  test.each<[string, (project: TemporaryProject) => Promise<unknown>]>([
    ["a header that was taken off", (project) => rewrite(project, generated, /^(?:\/\/.*\n)+/, "")],
    ["a damaged header", (project) => rewrite(project, generated, "jaunt:kind=build", "jaunt:kind=banana")],
    ["a file of Jaunt's that goes alone", (project) => git(project, "rm", "-q", generated)],
  ])("%s is refused", async (_name, change) => {
    const project = await repository();
    await change(project);
    await git(project, "add", "--all");
    expect((await guard(project)).exitCode).toBe(3);
  });

  test.each<[string, (project: TemporaryProject) => Promise<unknown>]>([
    [
      "a file that a build wrote",
      async (project) => {
        await project.write("src/more.jaunt.ts", "/** One. */\nexport declare function more(): number;\n");
        for (const [path, text] of Object.entries(
          recordings({ "src/more": "export function more(): number {\n  return 1;\n}" }),
        ))
          await project.write(path, text);
        expect((await runJaunt(project.root, ["build"])).exitCode).toBe(0);
      },
    ],
    [
      "a placeholder",
      async (project) => {
        await project.write("src/more.jaunt.ts", "/** One. */\nexport declare function more(): number;\n");
        await runJaunt(project.root, ["sync"]);
      },
    ],
    ["what a formatter did", (project) => rewrite(project, generated, "return `", "return   `")],
    [
      "a file that goes with its spec",
      async (project) => {
        await git(project, "rm", "-q", "src/greet.jaunt.ts");
        await git(project, "rm", "-q", generated);
      },
    ],
    [
      "an edited facade and an edited spec",
      async (project) => {
        await project.write("src/greet.ts", 'export * from "./__generated__/greet.js";\nexport const mine = 1;\n');
        await rewrite(project, "src/greet.jaunt.ts", "name!", "name.");
      },
    ],
    [
      "a folder of that name that another tool writes",
      (project) => project.write("src/__generated__/query.ts", "export {};\n"),
    ],
  ])("%s passes", async (_name, change) => {
    const project = await repository();
    await change(project);
    await git(project, "add", "--all");
    expect(await guard(project)).toMatchObject({ exitCode: 0 });
  });

  test("a merge passes, and what it mixed is told of", async () => {
    const project = await repository();
    await git(project, "checkout", "-q", "-b", "side");
    await rewrite(project, generated, "`Hello", "`Hi");
    await git(project, "commit", "-qam", "Edited by hand");
    await git(project, "checkout", "-q", "-");
    await project.write("other.txt", "x");
    await git(project, "add", ".");
    await git(project, "commit", "-qm", "Other");
    expect((await git(project, "merge", "-q", "--no-commit", "--no-ff", "side")).exitCode).toBe(0);
    const merged = await guard(project, "--json");
    expect(merged.json()).toMatchObject({ ok: true, refused: [], merged: [generated] });
    expect(merged.exitCode).toBe(0);
  });

  test("outside of a repository it says what is missing", async () => {
    const project = await open();
    const { exitCode, stderr } = await guard(project);
    expect(exitCode).toBe(2);
    expect(stderr).toContain("git could not list what is staged");
  });

  describe("installed by skill export --guard", () => {
    async function install(project: TemporaryProject, folder = ""): Promise<ProcessResult> {
      await mkdir(join(project.root, "node_modules/@jaunt"), { recursive: true });
      const packages = join(import.meta.dirname, "../../packages");
      await symlink(join(packages, "cli"), join(project.root, "node_modules/@jaunt/cli")).catch(() => {});
      return runJaunt(join(project.root, folder), ["skill", "export", "--guard"]);
    }

    test.each([
      ["", []],
      ["app/", []],
      ["app/", ["--", "."]],
    ] as const)(
      "a real commit of a hand edit is refused, a rebuilt one passes (project in %j, commit %j)",
      async (folder, partial) => {
        const project = await repository(folder);
        expect(await install(project, folder)).toMatchObject({ exitCode: 0 });
        await git(project, "add", ".");
        expect(await git(project, "commit", "-qm", "Guarded")).toMatchObject({ exitCode: 0 });
        const built = await project.read(folder + generated);
        await rewrite(project, folder + generated, "`Hello", "`Hi");
        await git(project, "add", ".");
        const refused = await git(project, "commit", "-qm", "By hand", ...partial);
        expect(refused.exitCode).not.toBe(0);
        expect(refused.stdout + refused.stderr).toContain("src/greet.jaunt.ts");
        await project.write(folder + generated, `${built}\n`);
        await git(project, "add", ".");
        expect(await git(project, "commit", "-qm", "Formatted", ...partial)).toMatchObject({ exitCode: 0 });
      },
    );

    test("a hook that is there keeps its lines, and is not added to twice", async () => {
      const project = await repository();
      const mine = "#!/bin/sh\n# mine\necho checked\n";
      await project.write(".git/hooks/pre-commit", mine);
      await install(project);
      const hook = await project.read(".git/hooks/pre-commit");
      expect(hook.startsWith(mine)).toBe(true);
      expect(hook).toContain("guard --git");
      await install(project);
      expect(await project.read(".git/hooks/pre-commit")).toBe(hook);
    });

    test("hooks of husky, and of core.hooksPath, go where git finds them", async () => {
      const project = await repository();
      await git(project, "config", "core.hooksPath", ".husky/_");
      await project.write(".husky/pre-commit", "npm test\n");
      await install(project);
      expect(await project.read(".husky/pre-commit")).toMatch(/^npm test\n\n# jaunt:begin/);
      await git(project, "config", "core.hooksPath", "tools/hooks");
      await install(project);
      expect(await project.read("tools/hooks/pre-commit")).toContain("guard --git");
      expect(project.exists(".git/hooks/pre-commit")).toBe(false);
    });

    test.each([
      ["another program", "#!/usr/bin/env python3\nprint(1)\n"],
      ["one that ends early", "#!/bin/sh\nexec lint-staged\n"],
    ])("a hook that is %s stays as it is, and what to add is printed", async (_name, text) => {
      const project = await repository();
      await project.write(".git/hooks/pre-commit", text);
      const { stdout, exitCode } = await install(project);
      expect(exitCode).toBe(0);
      expect(stdout).toContain("guard --git || exit 1; fi");
      expect(await project.read(".git/hooks/pre-commit")).toBe(text);
    });
  });
});
