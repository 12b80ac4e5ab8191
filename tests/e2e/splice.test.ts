import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import {
  createTemporaryProject,
  runJaunt,
  startScriptedServer,
  type ScriptedAnswer,
  type ScriptedServer,
  type TemporaryProject,
} from "@jaunt/testkit";
import { afterEach, expect, test } from "vitest";
import { tsconfig } from "./fixture.ts";

const spec = `/** Upper case. */
export declare function shout(text: string): string;

/** Lower case. */
export declare function whisper(text: string): string;

/** Shouts, then whispers. Uses {@link shout}. */
export declare function both(text: string): string;
`;
const whole = `import { inspect } from "node:util";

const mark = "!";

// Shared by shout and both.
function quoted(text: string): string {
  return inspect(text) + mark;
}

export function shout(text: string): string {
  return quoted(text).toUpperCase();
}

function soft(text: string): string {
  return text.toLowerCase();
}

export function whisper(text: string): string {
  return soft(text);
}

export function both(text: string): string {
  return shout(quoted(text)) + whisper(text);
}
`;
const whispered = "export function whisper(text: string): string {\n  return text.toLowerCase().trim();\n}\n";
const generated = "src/__generated__/voice.ts";

const opened: { remove?: () => Promise<void>; close?: () => Promise<void> }[] = [];
afterEach(async () => {
  for (const thing of opened.splice(0)) await (thing.remove ?? thing.close)?.();
});

test("when one symbol changed, only it is asked for, and the rest stays byte for byte", async () => {
  const { project, server } = await open([fenced(whole), fenced(whispered)]);
  const first = await build(project);
  const before = await readBody(project);
  await edit(project, "Lower case.", "Lower case, without the blanks around it.");
  const second = await build(project);
  expect(second).toMatchObject({
    generated: ["src/voice"],
    calls: 1,
    spliced: [{ module: "src/voice", asked: ["whisper"], kept: ["shout", "both"] }],
  });
  expect(await readBody(project)).toBe(
    before
      .replace("/** Lower case. */", "/** Lower case, without the blanks around it. */")
      .replace("return soft(text);", "return text.toLowerCase().trim();")
      .replace(/function soft[^}]*}\n\n/, ""),
  );
  const [, prompt] = server.requests.map(({ body }) => body);
  expect(prompt).toContain("- function `whisper`\\n");
  expect(prompt).not.toContain("- function `shout`\\n");
  // The server counts a reply's characters, four a token: what the provider would bill.
  expect(first["usage"]).toMatchObject({ output: Math.ceil(fenced(whole).length / 4) });
  expect(second["usage"]).toMatchObject({ output: Math.ceil(fenced(whispered).length / 4) });
  expect(await statusOf(project)).toBe("current");
});

test("the saving is told to people", async () => {
  const { project } = await open([fenced(whole), fenced(whispered)]);
  await build(project);
  await edit(project, "Lower case.", "Lower case, trimmed.");
  const { stderr } = await runJaunt(project.root, ["build"]);
  expect(stderr).toMatch(/src\/voice: built in .*; only whisper, 2 specs kept, saving about \d+ output tokens\)/);
});

test("a spec that was removed costs no call", async () => {
  const { project } = await open([fenced(whole)]);
  await build(project);
  const generatorOf = async (): Promise<string | undefined> =>
    /^\/\/ jaunt:generator=.*/m.exec(await readFile(join(project.root, generated), "utf8"))?.[0];
  const before = await generatorOf();
  await edit(
    project,
    "/** Shouts, then whispers. Uses {@link shout}. */\nexport declare function both(text: string): string;\n",
    "",
  );
  expect(await build(project)).toMatchObject({ generated: [], restamped: ["src/voice"], calls: 0, failed: [] });
  expect(await readBody(project)).not.toContain("function both");
  // Who wrote what is left is who wrote it before.
  expect(await generatorOf()).toBe(before);
  expect(await statusOf(project)).toBe("current");
});

test("a reply may repeat what stays: it is left out", async () => {
  const { project } = await open([
    fenced(whole),
    fenced(whole.replace("return soft(text)", "return soft(text.trim())")),
  ]);
  await build(project);
  const before = await readBody(project);
  await edit(project, "Lower case.", "Lower case, trimmed.");
  expect(await build(project)).toMatchObject({ spliced: [{ asked: ["whisper"] }], calls: 1 });
  expect(await readBody(project)).toBe(
    before
      .replace("Lower case.", "Lower case, trimmed.")
      .replace("soft(text)", "soft(text.trim())")
      .replace("function soft(text.trim(): string)", "function soft(text: string)"),
  );
});

test("a changed helper of what stays is turned down, with the reason in the next prompt", async () => {
  const redefined = `function quoted(text: string): string {\n  return text;\n}\n${whispered}`;
  const { project, server } = await open([fenced(whole), fenced(redefined), fenced(whispered)]);
  await build(project);
  await edit(project, "Lower case.", "Lower case, trimmed.");
  expect(await build(project)).toMatchObject({ spliced: [{ asked: ["whisper"] }], calls: 2 });
  expect(server.requests.at(-1)?.body).toContain("quoted is a helper of code that stays as it is");
});

test("when what stays no longer type-checks beside the new code, all of the module is asked for", async () => {
  const shoutTwice =
    "export function shout(text: string, times: number): string {\n  return quoted(text).repeat(times);\n}\n";
  const mended = whole
    .replace(/export function shout[^}]*}\n/, shoutTwice)
    .replace("shout(quoted(text))", "shout(quoted(text), 2)");
  const { project, server } = await open([fenced(whole), fenced(shoutTwice), fenced(mended)]);
  await build(project);
  await edit(project, "shout(text: string)", "shout(text: string, times: number)");
  expect(await build(project)).toMatchObject({ generated: ["src/voice"], spliced: [], calls: 2, failed: [] });
  expect(server.requests.at(-1)?.body).toContain("- function `both`\\n");
  expect(await readBody(project)).toContain("shout(quoted(text), 2)");
});

test.each([
  ["hand-written code of the spec file changed", (text: string) => `export const limit = 3;\n${text}`, []],
  ["the rebuild is forced", (text: string) => text.replace("Lower case.", "Lower."), ["--force"]],
  [
    "replies are recorded, for a recording holds a whole module",
    (text: string) => text.replace("Lower case.", "Lower."),
    ["--record", "recordings"],
  ],
])("all is asked for when %s", async (_, change, options) => {
  const { project } = await open([fenced(whole), fenced(whole)]);
  await build(project);
  const path = join(project.root, "src/voice.jaunt.ts");
  await writeFile(path, change(await readFile(path, "utf8")));
  expect(await build(project, options)).toMatchObject({ generated: ["src/voice"], spliced: [], failed: [] });
});

async function open(
  answers: readonly string[],
): Promise<{ readonly project: TemporaryProject; readonly server: ScriptedServer }> {
  const script = answers.map((text): ScriptedAnswer => ({
    text,
    usage: {
      prompt_tokens: 3_000,
      completion_tokens: Math.ceil(text.length / 4),
      total_tokens: 3_000 + Math.ceil(text.length / 4),
    },
  }));
  const server = await startScriptedServer({ "*": script });
  const project = await createTemporaryProject(
    {
      "jaunt.toml": `version = 1\n[llm]\nprovider = "litellm"\nmodel = "scripted"\nbase_url = "${server.url}"\n`,
      "tsconfig.json": tsconfig(),
      "package.json": '{ "type": "module" }',
      "src/voice.jaunt.ts": spec,
    },
    { nodeModules: true },
  );
  opened.push(project, server);
  return { project, server };
}

async function build(
  project: TemporaryProject,
  options: readonly string[] = [],
): Promise<Readonly<Record<string, unknown>>> {
  const { stdout } = await runJaunt(project.root, ["build", "--json", ...options]);
  return JSON.parse(stdout) as Readonly<Record<string, unknown>>;
}

async function edit(project: TemporaryProject, before: string, after: string): Promise<void> {
  const path = join(project.root, "src/voice.jaunt.ts");
  const text = await readFile(path, "utf8");
  expect(text).toContain(before);
  await writeFile(path, text.replace(before, after));
}

/** The generated file below its header. */
async function readBody(project: TemporaryProject): Promise<string> {
  const text = await readFile(join(project.root, generated), "utf8");
  return text.slice(text.indexOf("\n\n") + 2);
}

async function statusOf(project: TemporaryProject): Promise<string | undefined> {
  const { stdout } = await runJaunt(project.root, ["status", "--json"]);
  const { modules } = JSON.parse(stdout) as { readonly modules: Readonly<Record<string, { readonly status: string }>> };
  return modules["src/voice"]?.status;
}

function fenced(source: string): string {
  return `\`\`\`ts\n${source}\`\`\`\n`;
}
