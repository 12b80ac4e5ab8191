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
import * as classes from "./fixture-projects/classes.ts";
import * as layouts from "./fixture-projects/layouts.ts";
import { tsconfig, type Command, type Fixture } from "./fixture.ts";
import { linkFolders, recordings } from "./recorded-project.ts";

const fixtures: readonly Fixture[] = [...Object.values(classes), ...Object.values(layouts)];
const opened: TemporaryProject[] = [];
afterEach(async () => {
  for (const project of opened.splice(0)) await project.remove();
});

describe("the compiler alone is green on each of these, so Node runs them", () => {
  test.each(fixtures)("$name", async (fixture) => {
    const project = await open(fixture);
    const synced = await runJaunt(project.root, ["sync"]);
    expect(synced.stderr + synced.stdout).not.toContain("error");
    expect(synced.exitCode).toBe(0);
    await expectCleanTypes(project, fixture);

    const built = await runJaunt(project.root, ["build"]);
    expect(`${built.stdout}${built.stderr} exit ${built.exitCode}`).toContain("exit 0");
    expect(await outputOf(project, fixture.run)).toBe(fixture.prints);

    const again = (await runJaunt(project.root, ["build", "--json"])).json();
    expect(again).toMatchObject({ generated: [], written: [], calls: 0 });
    expect((await runJaunt(project.root, ["check"])).exitCode).toBe(0);
  });
});

async function open(fixture: Fixture): Promise<TemporaryProject> {
  const links = Object.entries(fixture.files).filter(([, text]) => text.startsWith("link:"));
  const files = Object.fromEntries(Object.entries(fixture.files).filter(([, text]) => !text.startsWith("link:")));
  const project = await createTemporaryProject(
    {
      "jaunt.toml": 'version = 1\n[paths]\ntest_roots = []\n[llm]\nprovider = "replay"\n',
      "package.json": '{ "name": "fixture", "private": true, "type": "module" }',
      "tsconfig.json": tsconfig(),
      ...files,
      ...recordings(fixture.replies),
    },
    { nodeModules: true },
  );
  opened.push(project);
  await linkFolders(
    project.root,
    links.map(([path, text]) => [path, text.slice("link:".length)] as const),
  );
  return project;
}

async function expectCleanTypes(project: TemporaryProject, fixture: Fixture): Promise<void> {
  const compile = fixture.run.find((command) => command.argv[0] === "tsc")?.argv.slice(1) ?? ["-p", "."];
  const { stdout } = await runTsc(project.root, compile);
  expect(stdout, "placeholders type-check before the first build").toBe("");
}

async function outputOf(project: TemporaryProject, commands: readonly Command[]): Promise<string> {
  let output = "";
  for (const { argv, in: folder = "." } of commands) {
    const [tool, ...args] = argv;
    const result = await runTool(tool, args, join(project.root, folder));
    expect(`${argv.join(" ")}\n${result.stdout}${result.stderr}exit ${result.exitCode}`).toContain("exit 0");
    output = result.stdout;
  }
  return output;
}

function runTool(tool: string, args: readonly string[], cwd: string): ReturnType<typeof runProcess> {
  if (tool === "node") return runProcess(process.execPath, args, { cwd });
  if (tool === "tsc") return runTsc(cwd, args);
  if (tool === "npm") return runProcess("npm", args, { cwd });
  return runProcess(join(repositoryRoot(), "tests", "node_modules", ".bin", tool), args, { cwd });
}
