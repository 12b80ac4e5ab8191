import { createTemporaryProject, runJaunt, type TemporaryProject } from "@jaunt/testkit";
import { afterEach, expect, test } from "vitest";
import { tsconfig } from "./fixture.ts";
import { openSession, type McpSession, type ToolAnswer } from "./mcp-session.ts";

const opened: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of opened.splice(0).toReversed()) await close();
});

const spec = `/** A price could not be read. */
export class PriceError extends Error {}

/**
 * Read a price in euros as cents.
 * @throws {PriceError} when it is no number
 * @example parsePrice("12.50") // => 1250
 * @example parsePrice("free") // throws PriceError
 */
export declare function parsePrice(text: string): number;
`;
const testSpec = `import { test } from "@jaunt/spec";
import { parsePrice } from "../src/price.js";

/** A price without cents, and one with a blank on either side, is read all the same. */
export function readsWhatPeopleType(): void {
  test(parsePrice);
}
`;

/** What the agent knows to write. It forgets the comma at first. */
const firstIdea = `export function parsePrice(text: string): number {
  const price = Number(text.trim());
  if (Number.isNaN(price)) throw new PriceError(\`no price: \${text}\`);
  return Math.round(price * 100);
}`;
const secondIdea = firstIdea.replace("text.trim()", 'text.trim().replace(",", ".")');
const tests = `import assert from "node:assert/strict";

export function readsWhatPeopleType(): void {
  assert.equal(parsePrice("12"), 1200);
  assert.equal(parsePrice(" 3.20 "), 320);
}`;

test("an agent that has never seen the project finds its way from the instructions to a clean check", async () => {
  const { project, agent } = await open();

  const primer = await runJaunt(project.root, ["instructions"]);
  expect(primer.exitCode).toBe(0);
  expect(primer.stdout).toMatch(/src\/__generated__|generated/);
  expect(agent.client.getInstructions()).toContain("jaunt_status");

  expect(await structured(agent.call("jaunt_status"))).toMatchObject({
    modules: { "src/price": { status: "unbuilt" }, "tests/price": { status: "unbuilt" } },
  });
  const info = await structured(agent.call("jaunt_spec_info", { module: "src/price" }));
  expect(info["spec_path"]).toBe("src/price.jaunt.ts");

  // People write a comma, too: the agent says so in the spec, not in code.
  await project.write(
    String(info["spec_path"]),
    spec.replace(" * @example parsePrice(", ' * @example parsePrice("12,50") // => 1250\n * @example parsePrice('),
  );
  expect(await structured(agent.call("jaunt_plan"))).toMatchObject({
    build: [{ module: "src/price", action: "generate" }],
  });

  // There is no model, and the server says what to do instead.
  const refused = await agent.call("jaunt_build");
  expect(refused).toMatchObject({ isError: true, text: { error: { code: "provider-key-missing" } } });
  expect(refused.text.error.next).toBe('jaunt_build { "mode": "delegate" }');
  expect(await structured(agent.call("jaunt_build", { mode: "delegate" }))).toMatchObject({
    pending: [{ module: "src/price", attempt: 1 }],
  });

  const rejected = await structured(agent.call("jaunt_submit", { module: "src/price", source: firstIdea }));
  expect(rejected).toMatchObject({ verdict: { accepted: false }, pending: [{ module: "src/price", attempt: 2 }] });
  const { diagnostics } = rejected["verdict"] as { readonly diagnostics: readonly { readonly message: string }[] };
  expect(diagnostics.map(({ message }) => message).join("\n")).toContain('parsePrice("12,50")');
  expect(await structured(agent.call("jaunt_submit", { module: "src/price", source: secondIdea }))).toMatchObject({
    state: "done",
    report: { generated: ["src/price"], examples: { passed: 3 } },
  });

  expect(await structured(agent.call("jaunt_test", { mode: "delegate" }))).toMatchObject({
    pending: [{ module: "tests/price" }],
  });
  const tested = await structured(
    agent.call("jaunt_submit", { module: "tests/price", source: tests, wait_ms: 120_000 }, { timeout: 150_000 }),
  );
  const ended =
    tested["state"] === "done"
      ? tested
      : await structured(agent.call("jaunt_job", { action: "wait", wait_ms: 120_000 }, { timeout: 150_000 }));
  expect(ended).toMatchObject({
    state: "done",
    report: { command: "test", generated: ["tests/price"], counts: { passed: 4, failed: 0 } },
  });

  expect(await structured(agent.call("jaunt_check"))).toMatchObject({ ok: true, problems: [] });
  expect((await runJaunt(project.root, ["check"])).exitCode).toBe(0);
  expect(await project.read("src/__generated__/price.ts")).toContain("jaunt:generator=delegate/test-agent ");
}, 240_000);

async function structured(answer: Promise<ToolAnswer>): Promise<Readonly<Record<string, unknown>>> {
  const { isError, structured: document, text } = await answer;
  if (isError) throw new Error(JSON.stringify(text));
  return document as Readonly<Record<string, unknown>>;
}

async function open(): Promise<{ readonly project: TemporaryProject; readonly agent: McpSession }> {
  const project = await createTemporaryProject(
    {
      "jaunt.toml": 'version = 1\n[llm]\nprovider = "anthropic"\nmodel = "any"\n[test]\nrunner = "node:test"\n',
      "package.json": '{ "name": "shop", "private": true, "type": "module" }',
      "tsconfig.json": tsconfig({ rootDir: "." }, { include: ["src", "tests"] }),
      "src/price.jaunt.ts": spec,
      "tests/price.jaunt.ts": testSpec,
    },
    { nodeModules: true },
  );
  opened.push(() => project.remove());
  const agent = await openSession(project.root);
  opened.push(() => agent.close());
  return { project, agent };
}
