import { startJaunt, waitFor, type TemporaryProject } from "@jaunt/testkit";
import { afterEach, describe, expect, test } from "vitest";
import {
  createServedProject,
  createTestedProject,
  fenced,
  jaunt,
  jauntJson,
  promptOf,
  replies,
  type TestedProjectOptions,
} from "./tested-project.ts";

const opened: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of opened.splice(0)) await close();
});

async function open(options: TestedProjectOptions = {}): Promise<TemporaryProject> {
  const project = await createTestedProject(options);
  opened.push(() => project.remove());
  return project;
}

async function serve(...args: Parameters<typeof createServedProject>): ReturnType<typeof createServedProject> {
  const served = await createServedProject(...args);
  opened.push(
    () => served.project.remove(),
    () => served.server.close(),
  );
  return served;
}

async function statuses(project: TemporaryProject): Promise<Readonly<Record<string, string>>> {
  const { report } = await jauntJson(project, "status");
  const modules = Object.entries(report["modules"] as Record<string, { readonly status: string }>);
  return Object.fromEntries(modules.map(([id, { status }]) => [id, status]));
}

async function edit(project: TemporaryProject, path: string, from: string, to: string): Promise<void> {
  const text = await project.read(path);
  expect(text).toContain(from);
  await project.write(path, text.replace(from, to));
}

const refs = ({ report }: { readonly report: Record<string, unknown> }): readonly string[] =>
  (report["tests"] as readonly { readonly ref: string }[]).map(({ ref }) => ref);

describe.each(["node:test", "vitest"] as const)("with %s", (runner) => {
  test("one command builds, generates tests, runs them with the examples, and reports by spec", async () => {
    const project = await open({ runner });
    const { code, report } = await jauntJson(project, "test");
    expect(report["diagnostics"]).toEqual([]);
    expect(report).toMatchObject({
      schema: "jaunt.test/1",
      runner,
      build: { generated: ["src/email", "src/report"], failed: [] },
      generated: ["tests/email", "tests/report", "tests/slug"],
      failed: [],
      counts: { failed: 0, skipped: 0 },
    });
    const written = report["tests"] as readonly Record<string, unknown>[];
    expect(written.filter(({ kind }) => kind === "test")).toMatchObject([
      { ref: "tests/email:findsTheDomain", outcome: "passed", file: "tests/__generated__/email.test.ts" },
      { ref: "tests/email:rejectsWhatIsNoAddress", outcome: "passed" },
      { ref: "tests/report:countsWhateverTheCase", outcome: "passed" },
      { ref: "tests/slug:makesSlugs", outcome: "passed" },
    ]);
    expect(written.filter(({ kind }) => kind === "example")).toMatchObject([
      { ref: "src/email:domainOf", outcome: "passed", name: expect.stringContaining("domainOf(") as string },
    ]);
    expect(code).toBe(0);
    expect(await project.read("tests/__generated__/email.test.ts")).toContain("// jaunt:kind=test\n");
    expect((await jaunt(project, "check")).exitCode).toBe(0);
    expect(new Set(Object.values(await statuses(project)))).toEqual(new Set(["current"]));

    // A second run asks for nothing and writes nothing.
    expect(await jauntJson(project, "test")).toMatchObject({
      code: 0,
      report: { calls: 0, generated: [], written: [], skipped: ["tests/email", "tests/report", "tests/slug"] },
    });
  }, 60_000);

  test("a test that fails is named with its spec, its place and what was wrong, and the code is 4", async () => {
    const project = await open({ runner });
    await jaunt(project, "test");
    await edit(project, "src/slug.ts", '"-"', '"_"');
    const { exitCode, stdout } = await jaunt(project, "test", "--no-build");
    expect(exitCode).toBe(4);
    expect(stdout).toMatch(/^✗ tests\/slug:makesSlugs tests\/__generated__\/slug\.test\.ts:\d+: .*equal/m);
    expect(stdout).toContain("a_title");
    expect(stdout).toMatch(/^test: 4 tests passed, 1 failed in \d/m);
  }, 60_000);
});

describe("what is generated", () => {
  test("a test file hands each function to the runner, under its spec's name", async () => {
    const project = await open();
    await jaunt(project, "test", "--target", "tests/email");
    const text = await project.read("tests/__generated__/email.test.ts");
    expect(text.slice(text.indexOf("\n\n") + 2)).toMatchInlineSnapshot(`
      "import assert from "node:assert/strict";
      import { test as jauntTest } from "node:test";
      import { EmailError } from "../../src/email.jaunt.js";
      import { domainOf } from "../../src/email.js";

      /** The part behind the last "@" comes back in lower case. */
      export function findsTheDomain(): void {
        const bodyOfTest = "a@b@C.org";
        assert.equal(domainOf(bodyOfTest), "c.org");
      }

      /** Without "@" it throws an EmailError. */
      export function rejectsWhatIsNoAddress(): void {
        throwsOn("no address");
      }

      function throwsOn(address: string): void {
        assert.throws(() => domainOf(address), EmailError);
      }

      jauntTest("findsTheDomain", () => findsTheDomain());
      jauntTest("rejectsWhatIsNoAddress", () => rejectsWhatIsNoAddress());
      "
    `);
    expect(project.exists("tests/email.ts")).toBe(false);
  });

  test("build, sync and plan leave tests alone, and say who does not when they are asked for tests", async () => {
    const project = await open();
    expect((await jauntJson(project, "build")).report).toMatchObject({ generated: ["src/email", "src/report"] });
    expect(project.exists("tests/__generated__")).toBe(false);
    expect((await jauntJson(project, "build", "--force", "--dry-run")).report).toMatchObject({
      build: [{ module: "src/email" }, { module: "src/report" }],
    });
    for (const command of ["build", "sync", "plan"]) {
      const { exitCode, stderr } = await jaunt(project, command, "--target", "tests/email");
      expect(stderr).toContain("tests/email is a module of tests, and this command is about code alone.");
      expect(stderr).toContain("`jaunt test --target tests/email` generates and runs tests.");
      expect(exitCode).toBe(2);
    }
  });

  test.each([
    ["asserts nothing", 'const found = domainOf("a@b.c");\n  void found;', "findsTheDomain asserts nothing"],
    ["brings a runner", 'expect(domainOf("a@b.c")).toBe("b.c");', '"vitest" is a test runner'],
    ["compares loosely", 'assert.equal(domainOf("a@b.c"), "b.c");', '"node:assert" compares loosely'],
    ["imports by path", 'assert.equal(built("a@b.c"), "b.c");', "is an import by path"],
  ])("a reply that %s is turned down", async (_what, line, message) => {
    const imports: Readonly<Record<string, string>> = {
      '"vitest"': 'import { expect } from "vitest";\n',
      '"node:a': 'import assert from "node:assert";\n',
      "is an ": 'import { domainOf as built } from "../src/__generated__/email.js";\n',
    };
    const extra = Object.entries(imports).find(([start]) => message.startsWith(start))?.[1] ?? "";
    const own = extra.includes("assert") ? "" : 'import assert from "node:assert/strict";\n';
    const good =
      'export function rejectsWhatIsNoAddress(): void {\n  assert.throws(() => domainOf(""), EmailError);\n}';
    const wrong = `${own}${extra}export function findsTheDomain(): void {\n  ${line}\n}\n${good}`;
    const project = await open({ replies: { "tests/email": wrong }, config: "[build]\nmax_attempts = 1\n" });
    const { code, report } = await jauntJson(project, "test", "--target", "tests/email");
    expect(code).toBe(3);
    const [failure] = report["failed"] as readonly { readonly diagnostics: readonly { readonly message: string }[] }[];
    expect(failure?.diagnostics.map((diagnostic) => diagnostic.message).join("\n")).toContain(message);
    expect(project.exists("tests/__generated__/email.test.ts")).toBe(false);
  });

  test("code that needs a test is an error at its place", async () => {
    const project = await open({
      files: {
        "src/wrong.jaunt.ts": `import { makesSlugs } from "../tests/slug.jaunt.js";\n/** Uses {@link makesSlugs}. */\nexport declare function wrong(): void;\n`,
      },
    });
    const { exitCode, stderr } = await jaunt(project, "build");
    expect(exitCode).toBe(2);
    expect(stderr).toContain("src/wrong:wrong is code and needs tests/slug:makesSlugs, which is a test.");
    const { report } = await jauntJson(project, "status");
    expect(report["diagnostics"]).toMatchObject([
      { code: "graph/needs-test", file: "src/wrong.jaunt.ts", start: { line: 3 } },
    ]);
  });

  test("without vitest the project is told how to get it, and nobody is asked for a test", async () => {
    const { project, server } = await serve({}, { runner: "vitest", packages: ["@jaunt/spec", "@types/node"] });
    const { exitCode, stdout } = await jaunt(project, "test", "--target", "tests/slug");
    expect(exitCode).toBe(3);
    expect(stdout).toContain("Generated tests import vitest, which cannot be found from here.");
    expect(stdout).toContain("npm install --save-dev vitest");
    expect(server.requests).toHaveLength(0);
  });
});

describe("prompts", () => {
  test("no prompt of a test shows a body, none of code asks for tests, and all of one kind begin alike", async () => {
    const { project, server } = await serve();
    expect((await jaunt(project, "test")).exitCode).toBe(0);
    // Once more with bodies on disk, and with contracts that changed so that every prompt has a previous body.
    for (const path of ["src/email", "src/report", "tests/email", "tests/report"])
      await edit(project, `${path}.jaunt.ts`, "/**", "/** Reworded. */\n/**");
    await edit(project, "src/email.jaunt.ts", "The domain of", "Finds the domain of");
    await edit(project, "tests/email.jaunt.ts", "The part behind", "What stands behind");
    await edit(project, "tests/report.jaunt.ts", "Counts addresses", "It counts addresses");
    await edit(project, "src/report.jaunt.ts", "How many of", "Counts how many of");
    expect((await jaunt(project, "test")).exitCode).toBe(0);
    const prompts = server.requests.map(({ key, body }) => ({ key, text: promptOf(body) }));
    const tests = prompts.filter(({ key }) => key.startsWith("tests/"));
    const builds = prompts.filter(({ key }) => key.startsWith("src/"));
    expect(tests.length).toBeGreaterThanOrEqual(5);
    expect(builds.length).toBeGreaterThanOrEqual(4);
    for (const { key, text } of tests) {
      expect(`${key}: ${/bodyOf(?:Email|Report)/.exec(text)?.[0] ?? "no body"}`).toBe(`${key}: no body`);
      expect(text).not.toMatch(/You implement|Implement these specs|How the dependencies are implemented/);
      expect(text).toContain("You write tests.");
    }
    for (const { text } of builds) {
      expect(text).not.toMatch(/You write tests|Write these tests|node:assert|bodyOfTest/);
      expect(text).toContain("You implement typed specifications.");
    }
    expect(builds.some(({ text }) => text.includes("bodyOfEmail"))).toBe(true);
    expect(tests.find(({ key }) => key === "tests/email")?.text).toContain("`src/email.ts`: `EmailError`, `domainOf`");
    expect(tests.find(({ key }) => key === "tests/slug")?.text).toContain("Lower case, and dashes for spaces.");
    for (const group of [tests, builds]) {
      const systems = group.map(({ text }) => text.slice(0, text.indexOf("Text between `<<<`")));
      expect(new Set(systems).size).toBe(1);
    }
  }, 60_000);

  test("another template for tests makes no code outdated, and the other way round", async () => {
    const project = await open({ files: { "prompts/own.md": "{{rules}}{{fence}}{{language}}{{import_style}}" } });
    await jaunt(project, "test");
    await edit(project, "jaunt.toml", "[test]", '[prompts]\ntest_system = "prompts/own.md"\n[test]');
    expect(await statuses(project)).toMatchObject({ "src/email": "current", "tests/email": "outdated" });
    await edit(project, "jaunt.toml", "test_system", "build_system");
    expect(await statuses(project)).toMatchObject({ "src/email": "outdated", "tests/email": "current" });
  });
});

describe("states", () => {
  test("check and status see unbuilt, stale, edited and orphaned tests, with the command that mends each", async () => {
    const project = await open();
    await jaunt(project, "build");
    const problems = async (): Promise<unknown> => {
      const { code, report } = await jauntJson(project, "check");
      expect(code).toBe(3);
      return (report["problems"] as readonly Record<string, unknown>[]).map(({ module, status, fix }) => [
        module,
        status,
        fix,
      ]);
    };
    expect(await problems()).toContainEqual(["tests/slug", "unbuilt", "jaunt test --target tests/slug"]);
    await jaunt(project, "test");
    await edit(project, "tests/email.jaunt.ts", "in lower case", "in small letters");
    await edit(project, "tests/__generated__/slug.test.ts", "a-title", "a title");
    await project.remove("tests/report.jaunt.ts");
    expect(await problems()).toEqual([
      ["tests/email", "stale", "jaunt test --target tests/email"],
      ["tests/report", "orphaned", "jaunt clean --orphans --target tests/report"],
      ["tests/slug", "edited", "jaunt test --force --target tests/slug"],
    ]);
    const why = await jauntJson(project, "why", "tests/email:findsTheDomain");
    expect(why.report).toMatchObject({ status: "stale", next: "jaunt test --target tests/email" });
    // Each fix does what it says.
    await jaunt(project, "test", "--target", "tests/email");
    await jaunt(project, "clean", "--orphans", "--target", "tests/report", "--yes");
    await jaunt(project, "test", "--force", "--target", "tests/slug");
    expect((await jaunt(project, "check")).exitCode).toBe(0);
  }, 60_000);

  test("a changed contract makes its tests stale, and only these", async () => {
    const project = await open();
    await jaunt(project, "test");
    await edit(project, "src/report.jaunt.ts", "How many of", "Counts how many of");
    expect(await statuses(project)).toMatchObject({
      "src/report": "stale",
      "tests/report": "stale",
      "tests/email": "current",
      "tests/slug": "current",
    });
  });

  test("a file of examples is rewritten without a call, and check says when it is out of date", async () => {
    const project = await open();
    await jaunt(project, "test");
    const path = (await project.list("tests/__generated__/examples")).map(String)[0] ?? "";
    const before = await project.read(path);
    await project.write(path, before.replace("example.com", "example.org"));
    const { code, report } = await jauntJson(project, "check");
    expect(code).toBe(3);
    expect(report["problems"]).toMatchObject([{ module: "src/email", fix: "jaunt test --target src/email" }]);
    expect((await jauntJson(project, "test", "--target", "src/email")).report).toMatchObject({ calls: 0 });
    expect(await project.read(path)).toBe(before);
    expect((await jaunt(project, "check")).exitCode).toBe(0);

    await edit(project, "src/email.jaunt.ts", " * @example", " * @remarks");
    expect(await statuses(project)).toMatchObject({ [path]: "orphaned" });
  });

  test("clean takes generated tests and examples away, and nothing else", async () => {
    const project = await open();
    const before = await project.list("tests");
    await jaunt(project, "test");
    expect((await jaunt(project, "clean", "--yes")).exitCode).toBe(0);
    expect(await project.list("tests")).toEqual(before);
  });

  test("a project with nothing but tests of hand-written code can be tested", async () => {
    const only = ["src/email.jaunt.ts", "src/report.jaunt.ts", "tests/email.jaunt.ts", "tests/report.jaunt.ts"];
    const project = await open({ files: Object.fromEntries(only.map((path) => [path, undefined])) });
    expect(await jauntJson(project, "test")).toMatchObject({ code: 0, report: { counts: { passed: 1, failed: 0 } } });
    expect(await statuses(project)).toEqual({ "tests/slug": "current" });
    const { exitCode, stderr } = await jaunt(project, "build");
    expect(exitCode).toBe(2);
    expect(stderr).toContain("There are specs of tests: `jaunt test` is for those.");
  });
});

describe("selection", () => {
  test.each([
    ["src/email", ["src/email:domainOf", "tests/email:findsTheDomain", "tests/email:rejectsWhatIsNoAddress"]],
    ["tests/report", ["tests/report:countsWhateverTheCase"]],
    ["src/report", ["tests/report:countsWhateverTheCase"]],
    ["tests/slug.jaunt.ts", ["tests/slug:makesSlugs"]],
  ])("--target %s runs what belongs to it", async (selector, expected) => {
    const project = await open();
    const result = await jauntJson(project, "test", "--target", selector);
    expect(result.code).toBe(0);
    expect(refs(result).toSorted()).toEqual(expected);
  });

  test("what is excluded is neither generated nor run", async () => {
    const project = await open();
    const result = await jauntJson(project, "test", "--exclude", "tests/email", "--exclude", "src/email");
    expect(refs(result)).not.toContain("tests/email:findsTheDomain");
    expect(project.exists("tests/__generated__/email.test.ts")).toBe(false);
  });

  test("arguments behind -- reach the runner; a module that stands there by mistake is refused", async () => {
    const project = await open();
    const named = await jauntJson(project, "test", "--", "--test-name-pattern", "makesSlugs");
    expect(named.report).toMatchObject({ counts: { passed: 1 } });
    const { exitCode, stderr } = await jaunt(project, "test", "tests/slug");
    expect(exitCode).toBe(2);
    expect(stderr).toContain("jaunt test --target tests/slug");
  });
});

describe("failures", () => {
  test("a module that cannot be built holds up its tests alone, and the code is 3", async () => {
    const project = await open({ replies: { "src/report": "export function countDomain(): number { return 0; }" } });
    const result = await jauntJson(project, "test");
    expect(result.code).toBe(3);
    expect(result.report).toMatchObject({
      build: { failed: [{ module: "src/report" }] },
      failed: [{ module: "tests/report", outcome: "blocked" }],
    });
    expect(refs(result)).toContain("tests/email:findsTheDomain");
    expect(refs(result)).toContain("tests/slug:makesSlugs");
    expect(refs(result)).not.toContain("tests/report:countsWhateverTheCase");
  });

  test("a test that could not be written anew is not run as it was", async () => {
    const project = await open({ config: "[build]\nmax_attempts = 1\n" });
    await jaunt(project, "test");
    await edit(project, "tests/slug.jaunt.ts", "A title becomes", "Every title becomes");
    await edit(project, "recordings/tests/slug.1.md", "equal(slug", "void (slug");
    const result = await jauntJson(project, "test");
    expect(result.code).toBe(3);
    expect(result.report).toMatchObject({ failed: [{ module: "tests/slug", outcome: "failed" }] });
    expect(refs(result)).toContain("tests/email:findsTheDomain");
    expect(refs(result)).not.toContain("tests/slug:makesSlugs");
  });

  test("Ctrl-C ends in 130 and keeps the tests that were written", async () => {
    const slow = { text: fenced(replies["tests/report"] ?? ""), delayMs: 60_000 };
    const { project } = await serve({ "tests/report": slow });
    const running = startJaunt(project.root, ["test"], { env: { LITELLM_API_KEY: "sk-test" } });
    await waitFor(() => project.exists("tests/__generated__/email.test.ts"), { timeoutMs: 30_000 });
    running.kill("SIGINT");
    expect((await running.finished).exitCode).toBe(130);
    expect(await statuses(project)).toMatchObject({ "tests/email": "current", "tests/report": "unbuilt" });
  });
});

test('verify = "tests" sends a body back that a current test refuses', async () => {
  const wrong = (replies["src/email"] ?? "").replace("lastIndexOf", "indexOf");
  const { project, server } = await serve(
    { "src/email": [fenced(replies["src/email"] ?? ""), fenced(wrong), fenced(replies["src/email"] ?? "")] },
    { config: '[build]\nverify = "tests"\n' },
  );
  expect((await jaunt(project, "test")).exitCode).toBe(0);
  const { report } = await jauntJson(project, "build", "--force", "--no-cache", "--target", "src/email");
  expect(report).toMatchObject({ generated: ["src/email"], calls: 2 });
  const last = promptOf(server.requests.findLast(({ key }) => key === "src/email")?.body ?? "");
  expect(last).toContain("findsTheDomain");
});

test("watch --test runs what a change touches once all is built, and tells the result in a line", async () => {
  const { project, server } = await serve();
  const running = startJaunt(project.root, ["watch", "--test"], { env: { LITELLM_API_KEY: "sk-test", NO_COLOR: "1" } });
  const said = (times: number, pattern: RegExp): Promise<unknown> =>
    waitFor(() => [...running.output().stderr.matchAll(pattern)].length >= times, { timeoutMs: 30_000 });
  try {
    await said(1, /^tests: 5 tests passed$/gm);
    const asked = server.requests.length;
    await edit(project, "src/slug.ts", '"-"', '"_"');
    await said(1, /^✗ tests\/slug:makesSlugs tests\/__generated__\/slug\.test\.ts:\d+: /gm);
    await said(1, /^tests: 0 tests passed, 1 failed$/gm);
    expect(server.requests).toHaveLength(asked);
    await edit(project, "src/report.jaunt.ts", "How many of", "Counts how many of");
    await said(1, /^tests: 1 test passed$/gm);
    expect(server.requests.slice(asked).map(({ key }) => key)).toEqual(["src/report"]);
  } finally {
    running.kill("SIGINT");
    expect((await running.finished).exitCode).toBe(0);
  }
}, 90_000);
