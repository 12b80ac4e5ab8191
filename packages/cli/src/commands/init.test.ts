import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { parseConfig } from "@jaunt/core/config";
import type { ErrorReport } from "@jaunt/orchestrator";
import { describe, expect, onTestFinished, test } from "vitest";
import type { InitReport } from "../report.ts";
import { runCli } from "../run-cli.ts";
import { createFakeServices } from "../testing/fake-services.ts";
import { createFakeTerminal, type FakeTerminal } from "../testing/fake-terminal.ts";

function folder(files: Readonly<Record<string, string>> = {}): string {
  const root = mkdtempSync(join(tmpdir(), "jaunt-init-"));
  onTestFinished(() => rmSync(root, { recursive: true }));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return root;
}

/** A report, or the error that took its place. */
type Printed = InitReport & Pick<ErrorReport, "error">;

async function init(
  root: string,
  ...argv: readonly string[]
): Promise<{ readonly code: number; readonly report: Printed }> {
  const terminal = createFakeTerminal({ cwd: root });
  const code = await runCli(["init", "--json", ...argv], terminal, createFakeServices());
  return { code, report: JSON.parse(terminal.stdout.text()) as Printed };
}

function read(root: string, path: string): string {
  return readFileSync(join(root, path), "utf8");
}

describe("init", () => {
  test("writes a jaunt.toml that is valid, commented and says what was chosen", async () => {
    const root = folder({ "tsconfig.json": "{}", "package.json": "{}" });
    const { code, report } = await init(root, "--layout", "src", "--provider", "replay");
    expect(code).toBe(0);
    expect(report).toMatchObject({
      written: ["jaunt.toml", ".gitignore"],
      kept: [],
      notes: [],
      install: "npm install --save-dev @jaunt/cli @jaunt/spec",
    });
    const config = parseConfig(read(root, "jaunt.toml"), "jaunt.toml");
    expect(config.paths).toEqual({ source_roots: ["src"], test_roots: ["tests"], generated_dir: "__generated__" });
    expect(config.llm).toMatchObject({ provider: "replay", recordings: "recordings" });
    expect(read(root, ".gitignore")).toBe(".jaunt/\n*.jaunt-tmp\n");
    expect(readdirSync(root).sort()).toEqual([".gitignore", "jaunt.toml", "package.json", "tsconfig.json"]);
  });

  test("leaves keys valid when their comment sign is taken away", async () => {
    const root = folder();
    await init(root);
    const text = read(root, "jaunt.toml").replaceAll(/^# (\w+ = )/gm, "$1");
    expect(parseConfig(text, "jaunt.toml").llm).toMatchObject({ model: "my-model", api_key_env: "MY_LLM_KEY" });
  });

  test.each<[string, Readonly<Record<string, string>>, readonly string[], readonly string[]]>([
    ["an empty folder", {}, ["src"], ["tests"]],
    ["src", { "src/a.ts": "", "test/a.test.ts": "" }, ["src"], ["test"]],
    ["lib", { "lib/a.ts": "" }, ["lib"], ["tests"]],
    ["files in the folder itself", { "a.ts": "", "vite.config.ts": "" }, ["."], ["tests"]],
    ["nothing but a config file", { "vite.config.ts": "" }, ["src"], ["tests"]],
    [
      "a workspace",
      { "package.json": '{"workspaces":["packages/*"]}', "packages/a/src/a.ts": "" },
      ["packages/*/src"],
      ["tests"],
    ],
    [
      "a pnpm workspace with sources of its own",
      { "pnpm-workspace.yaml": "", "apps/web/src/a.ts": "", "src/b.ts": "" },
      ["src", "apps/*/src"],
      ["tests"],
    ],
  ])("detects %s", async (_name, files, sourceRoots, testRoots) => {
    const root = folder(files);
    const { report } = await init(root);
    expect([report.source_roots, report.test_roots]).toEqual([sourceRoots, testRoots]);
    expect(parseConfig(read(root, "jaunt.toml"), "jaunt.toml").paths).toMatchObject({
      source_roots: sourceRoots,
      test_roots: testRoots,
    });
  });

  test("--layout flat takes the folder itself", async () => {
    expect((await init(folder({ "src/a.ts": "" }), "--layout", "flat")).report.source_roots).toEqual(["."]);
  });

  test("never overwrites a jaunt.toml, and then touches nothing else", async () => {
    const root = folder({ "jaunt.toml": "# mine\n" });
    const { code, report } = await init(root, "--yes", "--example");
    expect(code).toBe(2);
    expect(report.error).toMatchObject({ code: "init-exists" });
    expect(readdirSync(root)).toEqual(["jaunt.toml"]);
    expect(read(root, "jaunt.toml")).toBe("# mine\n");
  });

  test("writes an example on request, and never over a file", async () => {
    const root = folder();
    expect((await init(root, "--example")).report.written).toEqual([
      "jaunt.toml",
      "src/duration.jaunt.ts",
      ".gitignore",
    ]);
    expect(read(root, "src/duration.jaunt.ts")).toContain(
      "export declare function parseDuration(text: string): number;",
    );
    const taken = folder({ "src/duration.jaunt.ts": "// mine\n" });
    expect((await init(taken, "--example")).report.kept).toEqual(["src/duration.jaunt.ts"]);
    expect(read(taken, "src/duration.jaunt.ts")).toBe("// mine\n");
  });

  test("says why it writes no example into a glob", async () => {
    const { report } = await init(folder({ "pnpm-workspace.yaml": "", "packages/a/src/a.ts": "" }), "--example");
    expect(report.notes[0]).toContain("No example was written: packages/*/src names no single folder.");
  });

  test.each([
    ["a file without a line end", "dist", "dist\n.jaunt/\n*.jaunt-tmp\n"],
    ["Windows line ends", "dist\r\n", "dist\r\n.jaunt/\r\n*.jaunt-tmp\r\n"],
    ["a byte order mark", "\uFEFFdist\n", "\uFEFFdist\n.jaunt/\n*.jaunt-tmp\n"],
    ["the line itself", ".jaunt/\n", ".jaunt/\n"],
    ["a like line", "/.jaunt\r\n", "/.jaunt\r\n"],
    ["a comment that only names it", "# .jaunt/\n", "# .jaunt/\n.jaunt/\n*.jaunt-tmp\n"],
  ])("adds its lines to a .gitignore with %s", async (_name, before, after) => {
    const root = folder({ ".gitignore": before });
    const { report } = await init(root);
    expect(read(root, ".gitignore")).toBe(after);
    expect(report.written.includes(".gitignore")).toBe(before !== after);
  });

  test("prints, and never edits, what other tools should ignore", async () => {
    const files = {
      "package.json": '{"devDependencies":{"@biomejs/biome":"2"}}',
      ".prettierrc": "{}",
      "vitest.config.ts": "export {}",
    };
    const root = folder(files);
    const { report } = await init(root);
    expect(report.ignore_lines.map(({ file }) => file)).toEqual([".prettierignore", "biome.json", "vitest.config.ts"]);
    for (const { line } of report.ignore_lines) expect(line).toContain("__generated__");
    for (const [path, text] of Object.entries(files)) expect(read(root, path)).toBe(text);
    expect(existsSync(join(root, ".prettierignore"))).toBe(false);
  });

  test("gives the install line of the project's package manager, a plug-in included", async () => {
    const root = folder({ "pnpm-lock.yaml": "" });
    const { report } = await init(root, "--provider", "@acme/backend/fast");
    expect(report.install).toBe("pnpm add --save-dev @jaunt/cli @jaunt/spec @acme/backend");
  });

  test("notes what the checks will miss", async () => {
    const { report } = await init(folder());
    expect(report.notes.join("\n")).toMatch(/tsconfig\.json[\s\S]*package\.json/);
  });

  test("notes that a provider needs a model", async () => {
    const { report } = await init(folder(), "--provider", "litellm");
    expect(report.notes.at(-1)).toBe("litellm has no default model; set model and base_url in jaunt.toml.");
  });

  test("refuses a provider without a name, before writing anything", async () => {
    const root = folder();
    const { code, report } = await init(root, "--provider", "");
    expect([code, report.error.code]).toEqual([2, "provider-missing"]);
    expect(readdirSync(root)).toEqual([]);
  });

  test("names the package of a provider that does not come with the command line", async () => {
    const { report } = await init(folder(), "--provider", "anthropic");
    expect(report.install).toBe("npm install --save-dev @jaunt/cli @jaunt/spec @jaunt/backend-anthropic");
  });

  test("refuses a folder that does not exist", async () => {
    expect((await init(folder(), "--root", "nowhere")).code).toBe(2);
  });

  test("tells a person what comes next", async () => {
    const root = folder({ "tsconfig.json": "{}", "package.json": "{}" });
    const terminal = createFakeTerminal({ cwd: root });
    await runCli(["init", "--yes"], terminal, createFakeServices());
    expect(terminal.stdout.text()).toMatchSnapshot();
  });
});

describe("init, asking", () => {
  const enter = "\r";
  const down = "\u001b[B";

  /** Presses keys one by one, as a person would. */
  async function ask(
    root: string,
    keys: readonly string[],
    ...argv: readonly string[]
  ): Promise<{ readonly code: number; readonly terminal: FakeTerminal }> {
    const terminal = createFakeTerminal({ cwd: root, columns: 80 });
    const running = runCli(["init", ...argv], terminal, createFakeServices());
    for (const key of keys) {
      await sleep(60);
      terminal.stdin.write(key);
    }
    return { code: await running, terminal };
  }

  test("takes what is detected by pressing enter", async () => {
    const root = folder({ "lib/a.ts": "" });
    const { code, terminal } = await ask(root, ["", enter, enter, enter]);
    expect(code).toBe(0);
    expect(terminal.stderr.text()).toContain("Where do your sources live?");
    expect(terminal.stdout.text()).not.toContain("Where do your sources live?");
    expect(parseConfig(read(root, "jaunt.toml"), "jaunt.toml").paths.source_roots).toEqual(["lib"]);
    expect(existsSync(join(root, "lib/duration.jaunt.ts"))).toBe(true);
  });

  test("takes other choices", async () => {
    const root = folder();
    await ask(root, ["", down, enter, down, down, down, down, down, down, enter, down, enter]);
    const config = parseConfig(read(root, "jaunt.toml"), "jaunt.toml");
    expect([config.paths.source_roots, config.llm.provider]).toEqual([["."], "replay"]);
    expect(existsSync(join(root, "duration.jaunt.ts"))).toBe(false);
  });

  test("asks only what options leave open", async () => {
    const root = folder();
    const { code } = await ask(root, ["", enter], "--layout", "flat", "--provider", "replay");
    expect(code).toBe(0);
  });

  test("writes nothing when the person stops", async () => {
    const root = folder();
    const { code, terminal } = await ask(root, ["", "\u0003"]);
    expect(code).toBe(130);
    expect(terminal.stderr.text()).toContain("Nothing was written.");
    expect(readdirSync(root)).toEqual([]);
  });

  test.each([[["--yes"]], [["--json"]]])("asks nothing with %j", async (argv) => {
    expect((await ask(folder(), [], ...argv)).code).toBe(0);
  });
});
