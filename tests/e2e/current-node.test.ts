import { runJaunt, type ProcessResult, type TemporaryProject } from "@jaunt/testkit";
import { describe, expect, onTestFinished, test } from "vitest";
import { testedNodes, titleOf } from "./nodes.ts";
import { recordings } from "./recorded-project.ts";
import { createTestedProject, replies, type TestedProjectOptions } from "./tested-project.ts";

/* The binary itself under a current Node, which runs no test of this repository otherwise. */

const [, current] = testedNodes;
if (current === undefined) throw new Error("there is no current Node");

async function open(options: TestedProjectOptions): Promise<TemporaryProject> {
  const packages = ["@jaunt/spec", "@types/node", "typescript", "vitest", "fast-check"];
  const project = await createTestedProject({ packages, ...options });
  onTestFinished(() => project.remove());
  return project;
}

const jaunt = ({ root }: TemporaryProject, ...args: readonly string[]): Promise<ProcessResult> =>
  runJaunt(root, args, { node: current.node, env: { NO_COLOR: "1" } });

const spec = `export class EmailError extends Error {}

/**
 * The domain of an address in lower case: what follows its last "@".
 * @throws {EmailError} when there is no "@"
 * @example domainOf("Ann@Example.COM") // => "example.com"
 * @property for all name: string :: domainOf(name + "@x.org") === "x.org"
 */
export declare function domainOf(address: string): string;
`;

describe.skipIf(current.missing !== undefined)(`the binary under ${titleOf(current)}`, () => {
  test.each(["node:test", "vitest"] as const)("builds, and tests with %s", async (runner) => {
    const project = await open({ runner, files: { "src/email.jaunt.ts": spec } });
    const { exitCode, stdout } = await jaunt(project, "test", "--json");
    const report = JSON.parse(stdout) as { readonly tests: readonly Readonly<Record<string, unknown>>[] };
    expect([exitCode, report]).toMatchObject([
      0,
      { runner, build: { generated: ["src/email", "src/report"], failed: [] }, counts: { passed: 6, failed: 0 } },
    ]);
    expect(report.tests.map(({ kind }) => kind).sort()).toEqual([
      "example",
      "property",
      "test",
      "test",
      "test",
      "test",
    ]);
    expect((await jaunt(project, "check")).exitCode).toBe(0);

    const slug = await project.read("src/slug.ts");
    await project.write("src/slug.ts", slug.replace('"-"', '"_"'));
    const failed = await jaunt(project, "test", "--no-build");
    expect([failed.exitCode, failed.stderr]).toEqual([4, `running 4 test files with ${runner}\n`]);
    expect(failed.stdout).toContain("✗ tests/slug:makesSlugs tests/__generated__/slug.test.ts:");
  });

  test("rejects replies that loop or are wrong, and takes the right one", async () => {
    const body = (code: string): string => `export function domainOf(address: string): string {\n  ${code}\n}`;
    const project = await open({
      files: {
        "src/email.jaunt.ts": spec,
        ...recordings({ "src/email": body("for (;;) if (address === address.toLowerCase() + 1) return address;") }),
        ...recordings({ "src/email": body('console.log("pass", address);\n  return "";') }, 2),
        ...recordings({ "src/email": replies["src/email"] ?? "" }, 3),
      },
    });
    const { exitCode, stderr } = await jaunt(project, "build", "--debug", "--target", "src/email");
    expect(stderr).toContain("attempt 1 rejected: 1 error: An example fails");
    expect(stderr).toContain("attempt 2 rejected: 2 errors: An example fails");
    expect(exitCode).toBe(0);
    expect(await project.read(".jaunt/prompts/src/email.2.md")).toContain("received: nothing within 5 seconds");
  });
});
