import { copyExample, runJaunt, runProcess, runTsc, type TemporaryProject } from "@jaunt/testkit";
import { afterEach, describe, expect, test } from "vitest";

const opened: TemporaryProject[] = [];
afterEach(async () => {
  for (const project of opened.splice(0)) await project.remove();
});

describe.each(["mail", "quickstart"])("examples/%s", (name) => {
  test("is committed as Jaunt builds it: a fresh build writes the same bytes", async () => {
    const project = await copyExample(name);
    opened.push(project);
    const generated = (await project.list()).filter((path) => path.includes("__generated__/"));
    expect(generated.length).toBeGreaterThan(0);
    const committed = await Promise.all(generated.map((path) => project.read(path)));
    for (const path of generated) await project.remove(path);
    expect((await runJaunt(project.root, ["build"])).exitCode).toBe(0);
    if (name === "mail") await testMail(project);
    expect(await Promise.all(generated.map((path) => project.read(path)))).toEqual(committed);
  });

  test("type-checks before the first build, after it, and its check is green", async () => {
    const project = await copyExample(name);
    opened.push(project);
    expect((await runJaunt(project.root, ["clean"])).exitCode).toBe(0);
    expect((await runJaunt(project.root, ["sync"])).exitCode).toBe(0);
    expect((await runTsc(project.root, ["-p", "."])).stdout).toBe("");
    expect((await runJaunt(project.root, ["build"])).exitCode).toBe(0);
    expect((await runTsc(project.root, ["-p", "."])).stdout).toBe("");
    if (name === "mail") await testMail(project);
    const checked = await runJaunt(project.root, ["check", "--json"]);
    expect(checked.json()).toMatchObject({ ok: true, problems: [] });
  });
});

test("the mail app runs on the built code", async () => {
  const project = await copyExample("mail");
  opened.push(project);
  expect((await runTsc(project.root, ["-p", "."])).stdout).toBe("");
  const result = await runProcess(process.execPath, ["dist/app.js"], { cwd: project.root });
  expect(result.exitCode).toBe(0);
  expect(result.stdout).toMatch(/thread/i);
});

/** Test specs, examples and properties of the mail example all pass, and what was generated for them type-checks. */
async function testMail(project: TemporaryProject): Promise<void> {
  const tested = await runJaunt(project.root, ["test", "--json"]);
  expect(tested.exitCode).toBe(0);
  const { tests } = tested.json() as { readonly tests: readonly { readonly kind: string; readonly outcome: string }[] };
  const passed = (kind: string): number =>
    tests.filter((each) => each.kind === kind && each.outcome === "passed").length;
  expect(passed("test") + passed("example") + passed("property")).toBe(tests.length);
  expect([passed("test"), passed("property")]).toEqual([12, 8]);
  expect(passed("example")).toBeGreaterThan(90);
  expect((await runTsc(project.root, ["-p", "tests"])).stdout).toBe("");
}
