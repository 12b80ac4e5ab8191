import type { TemporaryProject } from "@jaunt/testkit";
import { afterEach, expect, test } from "vitest";
import { git } from "./diamond-project.ts";
import { recordings } from "./recorded-project.ts";
import { createTestedProject, files, jaunt, jauntJson, replies, type TestedProjectOptions } from "./tested-project.ts";

const opened: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of opened.splice(0)) await close();
});

async function open(options: TestedProjectOptions = {}): Promise<TemporaryProject> {
  const project = await createTestedProject(options);
  opened.push(() => project.remove());
  return project;
}

/** The hints of the failed tests, by spec. */
async function hints(project: TemporaryProject, ...args: readonly string[]): Promise<Readonly<Record<string, string>>> {
  const { code, report } = await jauntJson(project, "test", ...args);
  expect(code).toBe(4);
  const tests = report["tests"] as readonly {
    readonly ref: string;
    readonly outcome: string;
    readonly hint?: string;
  }[];
  const failed = tests.filter(({ outcome }) => outcome === "failed");
  expect(tests.filter(({ outcome, hint }) => outcome !== "failed" && hint !== undefined)).toEqual([]);
  return Object.fromEntries(failed.map(({ ref, hint = "" }) => [ref, hint]));
}

async function record(project: TemporaryProject, module: string, source: string): Promise<void> {
  for (const [path, text] of Object.entries(recordings({ [module]: source }))) await project.write(path, text);
}

async function edit(project: TemporaryProject, path: string, from: string, to: string): Promise<void> {
  const text = await project.read(path);
  expect(text).toContain(from);
  await project.write(path, text.replace(from, to));
}

const unchecked = '[build]\nverify = "types"\n';
const wrongEmail = (replies["src/email"] ?? "").replace(".toLowerCase()", "");

test("a generated test that alone disagrees with examples that pass", async () => {
  const wrong = (replies["tests/email"] ?? "").replace('"c.org"', '"C.org"');
  const project = await open({ replies: { "tests/email": wrong } });
  expect(await hints(project)).toEqual({
    "tests/email:findsTheDomain":
      "Likelier at fault: the generated test, for the one example of what it tests passes. `jaunt test --force --no-cache --target tests/email` writes it anew.",
  });
  const { stdout } = await jaunt(project, "test", "--no-build");
  expect(stdout).toContain("hint: Likelier at fault: the generated test");
}, 60_000);

test("examples that contradict each other", async () => {
  const spec = (files["src/email.jaunt.ts"] ?? "").replace(
    " */\nexport declare",
    ' * @example domainOf( "Ann@Example.COM" ) // => "Example.COM"\n */\nexport declare',
  );
  const project = await open({ files: { "src/email.jaunt.ts": spec }, config: unchecked });
  const found = await hints(project);
  expect(found["src/email:domainOf"]).toMatch(
    /^Likelier at fault: the example itself, for another example says otherwise of the same call: domainOf\("Ann@Example\.COM"\)/,
  );
}, 60_000);

test("code that changed under a test that the committed code passes", async () => {
  const project = await open();
  await jaunt(project, "test");
  await commit(project);
  await record(project, "src/report", (replies["src/report"] ?? "").replace(".length", ".length + 1"));
  await jaunt(project, "build", "--force", "--no-cache", "--target", "src/report");
  const found = await hints(project, "--no-build");
  expect(found["tests/report:countsWhateverTheCase"]).toMatch(
    /^Likelier at fault: the code of src\/report, which changed under the test: it passes with the code from git HEAD \([0-9a-f]{7,}\)\.$/,
  );
}, 60_000);

test("a dependency that fails its own tests, and one whose code changed", async () => {
  const project = await open({ config: unchecked });
  await jaunt(project, "test");
  await commit(project);
  await record(project, "src/email", wrongEmail);
  await jaunt(project, "build", "--force", "--no-cache", "--target", "src/email");
  const own = await hints(project, "--no-build");
  expect(own["src/email:domainOf"]).toContain("it passes with the code from git HEAD");
  expect(own["tests/report:countsWhateverTheCase"]).toBe(
    "Likelier at fault: src/email, which src/report needs and 2 tests of which fail too. Begin there.",
  );
  const alone = await hints(project, "--no-build", "--target", "src/report");
  expect(alone).toEqual({
    "tests/report:countsWhateverTheCase": "Likelier at fault: src/email, whose code changed since the last commit.",
  });
}, 60_000);

test("code that a person edited, and code that is older than its spec", async () => {
  const project = await open();
  await jaunt(project, "test");
  await edit(project, "src/__generated__/email.ts", ".toLowerCase()", "");
  expect((await hints(project, "--no-build"))["src/email:domainOf"]).toMatch(
    /^Likelier at fault: the code of src\/email, which was edited by hand\./,
  );
  await edit(project, "src/__generated__/email.ts", "bodyOfEmail + 1)", "bodyOfEmail + 1).toLowerCase()");
  await edit(project, "src/email.jaunt.ts", '"example.com"', '"@example.com"');
  expect((await hints(project, "--no-build"))["src/email:domainOf"]).toBe(
    "Likelier at fault: the code of src/email, which is older than its spec. `jaunt build --target src/email` brings it up to date.",
  );
}, 60_000);

async function commit({ root }: TemporaryProject): Promise<void> {
  await git(root, "init", "-q", "-b", "main");
  await git(root, "add", "src", "tests");
  await git(root, "commit", "-qm", "one");
}
