import { spawn } from "node:child_process";
import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  createTemporaryProject,
  repositoryRoot,
  runJaunt,
  runProcess,
  startJaunt,
  waitFor,
  type TemporaryProject,
} from "@jaunt/testkit";
import { afterEach, describe, expect, test } from "vitest";
import { tsconfig } from "./fixture.ts";
import { recordings } from "./recorded-project.ts";

const binary = join(repositoryRoot(), "packages", "cli", "dist", "bin.js");

const opened: TemporaryProject[] = [];
afterEach(async () => {
  for (const project of opened.splice(0)) await project.remove();
});

async function open(files: Readonly<Record<string, string>> = {}): Promise<TemporaryProject> {
  const project = await createTemporaryProject(
    {
      "jaunt.toml": '[llm]\nprovider = "replay"\n',
      "package.json": '{ "name": "cli", "private": true, "type": "module" }',
      "tsconfig.json": tsconfig(),
      "src/greet.jaunt.ts": "/** Hello, and the name! */\nexport declare function greet(name: string): string;\n",
      ...recordings({ "src/greet": "export function greet(name: string): string {\n  return `Hello, ${name}!`;\n}" }),
      ...files,
    },
    { nodeModules: true },
  );
  opened.push(project);
  return project;
}

describe("the real binary", () => {
  test("prints no warning of Node's when many modules are built at once", async () => {
    const names = Array.from({ length: 20 }, (_, index) => `m${String(index)}`);
    const specs = names.map((name) => [
      `src/${name}.jaunt.ts`,
      `/** A number. */\nexport declare function ${name}(): number;\n`,
    ]);
    const replies = names.map((name) => [`src/${name}`, `export function ${name}(): number {\n  return 1;\n}`]);
    const project = await open({ ...Object.fromEntries(specs), ...recordings(Object.fromEntries(replies)) });
    const { stderr, exitCode } = await runJaunt(project.root, ["build", "--jobs", "20"]);
    expect(stderr).not.toContain("Warning");
    expect(exitCode).toBe(0);
  });

  test("answers --version with nothing else of Jaunt installed", async () => {
    const folder = await mkdtemp(join(tmpdir(), "jaunt-version-"));
    await cp(join(repositoryRoot(), "packages", "cli", "dist"), join(folder, "dist"), { recursive: true });
    await cp(join(repositoryRoot(), "packages", "cli", "package.json"), join(folder, "package.json"));
    const version = await runProcess(process.execPath, [join(folder, "dist", "bin.js"), "--version"], { cwd: folder });
    const help = await runProcess(process.execPath, [join(folder, "dist", "bin.js"), "--help"], { cwd: folder });
    await rm(folder, { recursive: true });
    expect(version).toMatchObject({
      exitCode: 0,
      stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/) as string,
      stderr: "",
    });
    // The copy really has nothing else: anything but --version fails.
    expect(help.exitCode).not.toBe(0);
  });

  test("goes from init to a current project", async () => {
    const project = await open();
    await project.remove("jaunt.toml");
    expect(await runJaunt(project.root, ["init", "--yes", "--provider", "replay"])).toMatchObject({
      exitCode: 0,
      stderr: "",
    });
    expect((await runJaunt(project.root, ["doctor"])).stdout).toMatch(/^doctor: .* in /m);
    expect((await runJaunt(project.root, ["sync"])).stdout).toContain("src/greet.ts");
    const built = await runJaunt(project.root, ["build"]);
    expect(built.stdout).toMatch(
      /^build: 1 module generated \(.* input tokens, .* output tokens\), 0 up to date in \d+\.\d s\n$/,
    );
    expect(built.stderr).toContain("src/greet: started");
    expect((await runJaunt(project.root, ["status"])).stdout).toMatch(
      /^src\/greet {2}current\nstatus: 1 module: 1 current in/,
    );
    expect((await runJaunt(project.root, ["why", "src/greet.jaunt.ts"])).stdout).toContain("src/greet is current");
    expect(await runJaunt(join(project.root, "src"), ["check"])).toMatchObject({ exitCode: 0 });
  });

  test.each(["status", "plan", "check", "sync", "build", "clean", "doctor"])(
    "%s --json prints one document, and nothing else on stdout",
    async (command) => {
      const project = await open();
      expect((await runJaunt(project.root, [command, "--json"])).json()).toMatchObject({
        schema: `jaunt.${command}/1`,
        command,
      });
    },
  );

  test("prints no colours and no cursor movement into pipes", async () => {
    const project = await open();
    const { stdout, stderr } = await runJaunt(project.root, ["build", "--verbose"]);
    // oxlint-disable-next-line no-control-regex -- control characters are what must not be there
    expect(stdout + stderr).not.toMatch(/\u001b/);
  });

  test("does not mind that its reader has gone", async () => {
    const project = await open();
    const child = spawn(process.execPath, [binary, "status"], { cwd: project.root, stdio: ["ignore", "pipe", "pipe"] });
    let errors = "";
    child.stderr.on("data", (text: Buffer) => (errors += text.toString()));
    child.stdout.destroy();
    await new Promise((resolve) => child.once("close", resolve));
    expect(errors).toBe("");
  });
});

/** A plug-in whose `generate` is an arrow function's body. */
function plugin(generate: string): string {
  return `export const keyEnvironment = [];
export const keyRequired = () => false;
export const createBackend = (setup) => ({ apiVersion: 1, name: setup.provider, generate: () => new Promise(() => { ${generate} }) });
`;
}

test("a plug-in that throws outside of any call is reported as a bug, in one JSON document", async () => {
  const stray = plugin('setTimeout(() => { throw new Error("astray"); });');
  const project = await open({ "jaunt.toml": '[llm]\nprovider = "./stray.mjs"\n', "stray.mjs": stray });
  const result = await runJaunt(project.root, ["build", "--json"]);
  expect(result.exitCode).toBe(1);
  expect(result.json()).toMatchObject({ schema: "jaunt.error/1", error: { code: "internal-error" } });
  expect(result.stdout).toContain("astray");
});

describe.skipIf(process.platform === "win32")("signals", () => {
  async function startDeaf(more = ""): Promise<ReturnType<typeof startJaunt>> {
    const project = await open({
      "jaunt.toml": '[llm]\nprovider = "./deaf.mjs"\n',
      "deaf.mjs": plugin(`${more} console.error("asked"); setInterval(() => {}, 1000);`),
    });
    const running = startJaunt(project.root, ["build"]);
    await waitFor(() => running.output().stderr.includes("asked"));
    return running;
  }

  test.each(["SIGINT", "SIGTERM"] as const)(
    "%s ends within a second even when a backend hears nothing",
    async (signal) => {
      const running = await startDeaf();
      const startedAt = performance.now();
      running.kill(signal);
      const { exitCode, stdout, stderr } = await running.finished;
      expect(exitCode).toBe(130);
      expect(performance.now() - startedAt).toBeLessThan(1_500);
      expect(stdout + stderr).toMatch(/interrupted/i);
    },
  );

  test("a second SIGINT ends at once", async () => {
    const running = await startDeaf();
    const startedAt = performance.now();
    running.kill("SIGINT");
    await new Promise((resolve) => setTimeout(resolve, 50));
    running.kill("SIGINT");
    expect((await running.finished).exitCode).toBe(130);
    expect(performance.now() - startedAt).toBeLessThan(600);
  });

  test("a second SIGINT ends what the first one cannot", async () => {
    // What is waited for at the end then never comes.
    const running = await startDeaf("Promise.all = () => new Promise(() => {});");
    let hasEnded = false;
    const finished = running.finished.finally(() => (hasEnded = true));
    running.kill("SIGINT");
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    expect(hasEnded).toBe(false);
    running.kill("SIGINT");
    expect((await finished).exitCode).toBe(130);
  });
});
