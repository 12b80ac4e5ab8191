import { cp, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  createTemporaryProject,
  repositoryRoot,
  runJaunt,
  runProcess,
  runTsc,
  type TemporaryProject,
} from "@jaunt/testkit";
import { afterEach, describe, expect, test } from "vitest";
import { tsconfig } from "./fixture.ts";

const opened: TemporaryProject[] = [];
afterEach(async () => {
  for (const project of opened.splice(0)) await project.remove();
});

async function open(files: Readonly<Record<string, string>> = {}, nodeModules = false): Promise<TemporaryProject> {
  const project = await createTemporaryProject(
    { "jaunt.toml": '[llm]\nprovider = "ollama"\nmodel = "qwen"\n', ...files },
    { nodeModules },
  );
  opened.push(project);
  return project;
}

const everything = ["agents", "claude", "cursor", "copilot"].flatMap((format) => ["--format", format]);

async function texts(project: TemporaryProject): Promise<Readonly<Record<string, string>>> {
  const paths = await project.list();
  return Object.fromEntries(await Promise.all(paths.map(async (path) => [path, await project.read(path)] as const)));
}

const skill = (root: string) => [
  `${root}/SKILL.md`,
  `${root}/examples/jaunt.toml`,
  `${root}/examples/src/recent.jaunt.ts`,
  `${root}/examples/src/slug.jaunt.ts`,
  `${root}/examples/tests/slug.jaunt.ts`,
  `${root}/references/commands.md`,
];

describe("skill export", () => {
  test("writes the shared form unless told otherwise, and each form where its tool looks", async () => {
    const project = await open();
    expect(await runJaunt(project.root, ["skill", "export"])).toMatchObject({ exitCode: 0, stderr: "" });
    expect(await project.list()).toEqual([...skill(".agents/skills/jaunt"), "jaunt.toml"]);
    const { exitCode, json } = await runJaunt(project.root, ["skill", "export", ...everything, "--json"]);
    expect(exitCode).toBe(0);
    expect(json()).toMatchObject({ schema: "jaunt.skill/1", provider: "ollama", dry_run: false });
    expect(await project.list()).toEqual([
      ...skill(".agents/skills/jaunt"),
      ...skill(".claude/skills/jaunt"),
      ".cursor/rules/jaunt.mdc",
      ".github/copilot-instructions.md",
      "CLAUDE.md",
      "jaunt.toml",
    ]);
    expect(await project.read(".cursor/rules/jaunt.mdc")).toMatch(
      /^---\ndescription: .+\nglobs:\nalwaysApply: true\n---\n/,
    );
    for (const path of ["CLAUDE.md", ".cursor/rules/jaunt.mdc", ".agents/skills/jaunt/SKILL.md"])
      expect(await project.read(path)).toContain("provider `ollama`, model `qwen`");
  });

  test("ten exports leave people's own lines byte for byte, and change nothing after the first", async () => {
    const above = "\uFEFF# Our rules\r\n\r\nTabs\tand  blanks  \r\n";
    const project = await open({ "CLAUDE.md": `${above}\r\nno newline at the end` });
    await runJaunt(project.root, ["skill", "export", ...everything]);
    await writeFile(join(project.root, "CLAUDE.md"), `${await project.read("CLAUDE.md")}mine, below\r\n\r\nstill mine`);
    const before = await texts(project);
    for (let round = 0; round < 9; round += 1) {
      const { json } = await runJaunt(project.root, ["skill", "export", ...everything, "--json"]);
      const { files } = json() as { files: { action: string }[] };
      expect(files.filter(({ action }) => action !== "unchanged")).toEqual([]);
    }
    expect(await texts(project)).toEqual(before);
    expect(before["CLAUDE.md"]?.startsWith(`${above}\r\nno newline at the end\r\n\r\n<!-- jaunt:begin`)).toBe(true);
    expect(before["CLAUDE.md"]?.endsWith("<!-- jaunt:end -->\r\nmine, below\r\n\r\nstill mine")).toBe(true);
  });

  test("an upgraded version changes only the lines that tell of it, and no line of yours", async () => {
    const project = await open({ "CLAUDE.md": "# Mine\n" });
    await runJaunt(project.root, ["skill", "export", ...everything]);
    await writeFile(join(project.root, "CLAUDE.md"), `${await project.read("CLAUDE.md")}\nBelow.\n`);
    const before = await texts(project);
    const upgraded = await upgradedBinary("9.8.7");
    const run = await runProcess(process.execPath, [upgraded.binary, "skill", "export", ...everything], {
      cwd: project.root,
    });
    await upgraded.remove();
    expect(run).toMatchObject({ exitCode: 0, stderr: "" });
    const after = await texts(project);
    expect(Object.keys(after)).toEqual(Object.keys(before));
    const changed = Object.keys(after).filter((path) => after[path] !== before[path]);
    expect(changed).toEqual(
      [".agents", ".claude"]
        .flatMap((folder) => [`${folder}/skills/jaunt/SKILL.md`, `${folder}/skills/jaunt/references/commands.md`])
        .concat([".cursor/rules/jaunt.mdc", ".github/copilot-instructions.md", "CLAUDE.md"]),
    );
    for (const path of changed) {
      const old = before[path]?.split("\n") ?? [];
      const differing = (after[path]?.split("\n") ?? []).filter((line, index) => line !== old[index]);
      expect(differing.filter((line) => !/9\.8\.7|jaunt:export sha256/.test(line))).toEqual([]);
    }
  });

  test("a dry run says what would be written, and writes nothing", async () => {
    const project = await open();
    const { stdout } = await runJaunt(project.root, [
      "skill",
      "export",
      ...everything,
      "--guard",
      "--dry-run",
      "--dest",
      "new",
    ]);
    expect(stdout).toContain("create    CLAUDE.md");
    expect(await project.list()).toEqual(["jaunt.toml"]);
  });

  test.each<[string, Readonly<Record<string, string>>, string]>([
    ["damaged marks", { "CLAUDE.md": "<!-- jaunt:begin v0.1.0 -->\nno end\n" }, "skill-marks"],
    [
      "two sections",
      { ".github/copilot-instructions.md": "<!-- jaunt:begin v1 -->\n<!-- jaunt:end -->\n".repeat(2) },
      "skill-marks",
    ],
    ["a rule that somebody wrote", { ".cursor/rules/jaunt.mdc": "Mine.\n" }, "skill-changed"],
    ["settings that are no JSON", { ".claude/settings.json": "{ hooks }" }, "skill-settings"],
  ])("with %s it refuses before anything is written", async (_name, files, code) => {
    const project = await open(files);
    const before = await texts(project);
    const { exitCode, json } = await runJaunt(project.root, ["skill", "export", ...everything, "--guard", "--json"]);
    expect(exitCode).toBe(2);
    expect(json()).toMatchObject({ error: { code, hint: expect.stringContaining("Nothing was written") as string } });
    expect(await texts(project)).toEqual(before);
  });

  test("a file of ours that was changed is replaced only by force", async () => {
    const project = await open();
    await runJaunt(project.root, ["skill", "export"]);
    const path = ".agents/skills/jaunt/SKILL.md";
    const text = await project.read(path);
    await project.write(path, `${text}\nMine.\n`);
    expect((await runJaunt(project.root, ["skill", "export"])).exitCode).toBe(2);
    expect(await project.read(path)).toContain("Mine.");
    expect((await runJaunt(project.root, ["skill", "export", "--force"])).exitCode).toBe(0);
    expect(await project.read(path)).toBe(text);
  });

  test("a CLAUDE.md that leads to AGENTS.md stays a link; one that leads out of the project is refused", async () => {
    const project = await open({ "AGENTS.md": "# Mine\n" });
    await symlink("AGENTS.md", join(project.root, "CLAUDE.md"));
    expect((await runJaunt(project.root, ["skill", "export", "--format", "claude"])).exitCode).toBe(0);
    expect(await project.read("AGENTS.md")).toMatch(/^# Mine\n\n<!-- jaunt:begin/);
    const other = await open();
    await symlink(join(project.root, "AGENTS.md"), join(other.root, "CLAUDE.md"));
    expect((await runJaunt(other.root, ["skill", "export", "--format", "claude"])).exitCode).toBe(2);
  });

  test("settings keep their comments and hooks", async () => {
    const settings = '{\n  // ours\n  "hooks": { "Stop": [] }\n}\n';
    const project = await open({ ".claude/settings.json": settings });
    await runJaunt(project.root, ["skill", "export", "--guard"]);
    const after = await project.read(".claude/settings.json");
    expect(after).toContain("// ours");
    expect(after).toContain('"Stop": []');
    expect(after).toContain("guard --hook claude");
  });

  test("before there is a project it exports all the same, and says what is missing", async () => {
    const project = await open();
    await project.remove("jaunt.toml");
    const { stdout, exitCode } = await runJaunt(project.root, ["skill", "export"]);
    expect(exitCode).toBe(0);
    expect(stdout).toContain("`jaunt init` writes one");
  });
});

test("the exported examples are a project that Jaunt reads, lints and types without a fault", async () => {
  const project = await open(
    {
      "package.json": '{ "type": "module" }',
      "tsconfig.json": tsconfig({ rootDir: ".", noEmit: true }, { include: ["src", "tests"] }),
    },
    true,
  );
  await runJaunt(project.root, ["skill", "export", "--dest", "out"]);
  const examples = "out/.agents/skills/jaunt/examples/";
  for (const path of await project.list(examples))
    await project.write(path.slice(examples.length), await project.read(path));
  await project.remove("out");
  const sync = await runJaunt(project.root, ["sync", "--verbose"]);
  expect(sync).toMatchObject({ exitCode: 0 });
  expect(sync.stdout).not.toMatch(/\b(?:error|warning)\b/);
  const status = (await runJaunt(project.root, ["status", "--json"])).json() as {
    diagnostics: unknown[];
    modules: object;
  };
  expect(Object.keys(status.modules)).toEqual(expect.arrayContaining(["src/recent", "src/slug"]));
  expect(status.diagnostics).toEqual([]);
  expect(await runTsc(project.root, ["-p", "."])).toMatchObject({ exitCode: 0, stdout: "" });
  const lint = await runJaunt(project.root, ["lint", "--json"]);
  expect(lint.exitCode).toBe(0);
});

describe("instructions", () => {
  test("tell of the project, its states and the next command, as text and as JSON", async () => {
    const project = await open(
      {
        "src/a.jaunt.ts": "/** One. */\nexport declare function a(): number;\n",
        "package.json": "{}",
        "tsconfig.json": tsconfig(),
      },
      true,
    );
    const { stdout, exitCode } = await runJaunt(project.root, ["instructions"]);
    expect(exitCode).toBe(0);
    for (const words of [
      project.root,
      "provider `ollama`, model `qwen`".replace("p", "P"),
      "1 (1 unbuilt)",
      "`jaunt plan`",
    ])
      expect(stdout).toContain(words);
    expect(stdout.split("\n").length).toBeLessThan(40);
    expect((await runJaunt(join(project.root, "src"), ["instructions", "--json"])).json()).toMatchObject({
      schema: "jaunt.instructions/1",
      project: { root: project.root, provider: "ollama", counts: { unbuilt: 1 } },
      next: "jaunt plan",
    });
  });

  test("of a project without a spec, and of no project, say how to begin", async () => {
    const project = await open({ "package.json": "{}", "tsconfig.json": tsconfig() }, true);
    expect((await runJaunt(project.root, ["instructions"])).stdout).toContain("write a first spec");
    await project.remove("jaunt.toml");
    const { stdout, exitCode } = await runJaunt(project.root, ["instructions"]);
    expect(exitCode).toBe(0);
    expect(stdout).toContain("jaunt init --yes");
  });
});

/** A copy of the built binary that says it is another version. */
async function upgradedBinary(version: string): Promise<{ readonly binary: string; remove(): Promise<void> }> {
  const source = join(repositoryRoot(), "packages", "cli");
  const folder = await mkdtemp(join(tmpdir(), "jaunt-upgraded-"));
  await cp(join(source, "dist"), join(folder, "dist"), { recursive: true });
  await symlink(join(source, "node_modules"), join(folder, "node_modules"), "junction");
  const manifest = await readFile(join(source, "package.json"), "utf8");
  await writeFile(join(folder, "package.json"), manifest.replace(/"version": "[^"]+"/, `"version": "${version}"`));
  return { binary: join(folder, "dist", "bin.js"), remove: () => rm(folder, { recursive: true }) };
}
