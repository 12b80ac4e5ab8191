import { chmod } from "node:fs/promises";
import { join } from "node:path";
import { createTemporaryProject, runJaunt, type TemporaryProject } from "@jaunt/testkit";
import { afterEach, describe, expect, test } from "vitest";
import { tsconfig } from "./fixture.ts";

const opened: TemporaryProject[] = [];
afterEach(async () => {
  for (const project of opened.splice(0)) await project.remove();
});

const sound: Readonly<Record<string, string>> = {
  "jaunt.toml": 'version = 1\n[paths]\ntest_roots = []\n[llm]\nprovider = "replay"\n',
  "package.json": '{ "name": "bad-input", "private": true, "type": "module" }',
  "tsconfig.json": tsconfig(),
  "src/greet.jaunt.ts": "/** Hello! */\nexport declare function greet(name: string): string;\n",
};

interface Row {
  readonly name: string;
  /** Changed files; null takes one away. */
  readonly files: Readonly<Record<string, string | null>>;
  readonly args?: readonly string[];
  readonly exitCode: number;
  /** What went wrong and what to do: each must be printed. */
  readonly says: readonly (string | RegExp)[];
}

const rows: readonly Row[] = [
  { name: "no config", files: { "jaunt.toml": null }, exitCode: 2, says: ["jaunt.toml", "jaunt init"] },
  { name: "bad TOML", files: { "jaunt.toml": "version = 1\n[llm\n" }, exitCode: 2, says: [/jaunt\.toml:2/] },
  {
    name: "unknown key",
    files: { "jaunt.toml": "version = 1\n[build]\nmax_atempts = 2\n" },
    exitCode: 2,
    says: ["max_atempts", "max_attempts", /jaunt\.toml:3:1/],
  },
  { name: "unknown section", files: { "jaunt.toml": "[biuld]\njobs = 2\n" }, exitCode: 2, says: ["biuld", "build"] },
  {
    name: "wrong type",
    files: { "jaunt.toml": '[build]\njobs = "many"\n' },
    exitCode: 2,
    says: ["jobs", "number", /jaunt\.toml:2/],
  },
  {
    name: "overlapping roots",
    files: { "jaunt.toml": '[paths]\nsource_roots = ["src"]\ntest_roots = ["src"]\n' },
    exitCode: 2,
    says: ["src"],
  },
  {
    name: "unknown provider",
    files: { "jaunt.toml": '[llm]\nprovider = "@acme/nowhere"\n[paths]\ntest_roots = []\n' },
    exitCode: 2,
    says: ["@acme/nowhere", "npm install"],
  },
  {
    name: "provider without its key",
    files: { "jaunt.toml": '[llm]\nprovider = "anthropic"\n[paths]\ntest_roots = []\n' },
    exitCode: 2,
    says: ["anthropic", "ANTHROPIC_API_KEY"],
  },
  {
    name: "missing key",
    files: {
      "jaunt.toml":
        '[llm]\nprovider = "litellm"\nmodel = "m"\nbase_url = "https://llm.example.org"\n[paths]\ntest_roots = []\n',
    },
    exitCode: 2,
    says: ["LITELLM_API_KEY"],
  },
  {
    name: "missing model",
    files: { "jaunt.toml": '[llm]\nprovider = "litellm"\nbase_url = "http://127.0.0.1:9"\n[paths]\ntest_roots = []\n' },
    exitCode: 2,
    says: ["model"],
  },
  {
    name: "no provider at all",
    files: { "jaunt.toml": "[paths]\ntest_roots = []\n" },
    exitCode: 2,
    says: ["provider", "LITELLM_API_KEY"],
  },
  {
    name: "a server that does not answer",
    files: {
      "jaunt.toml":
        '[llm]\nprovider = "litellm"\nmodel = "m"\nbase_url = "http://127.0.0.1:9"\n[paths]\ntest_roots = []\n',
    },
    exitCode: 3,
    says: ["127.0.0.1:9"],
  },
  {
    name: "no specs",
    files: { "src/greet.jaunt.ts": null, "src/other.ts": "export {};\n" },
    exitCode: 2,
    says: ["src", ".jaunt.ts"],
  },
  { name: "no recording", files: {}, exitCode: 3, says: ["recordings/src/greet.1.md", "--record"] },
  {
    name: "a syntax error in a spec",
    files: { "src/greet.jaunt.ts": "export declare function greet(name: string: string;\n" },
    exitCode: 2,
    says: [/src\/greet\.jaunt\.ts:1:\d+/],
  },
  {
    name: "a type error of the spec's own",
    files: { "src/greet.jaunt.ts": "/** Hello! */\nexport declare function greet(name: Nam): string;\n" },
    exitCode: 3,
    says: ["Nam", /src\/greet\.jaunt\.ts:2:\d+/],
  },
  {
    name: "a default export",
    files: {
      "src/greet.jaunt.ts": "/** Hello! */\nexport default function greet(name: string): string { return name; }\n",
    },
    exitCode: 2,
    says: [/src\/greet\.jaunt\.ts:2:\d+/, "default"],
  },
  {
    name: "merge markers",
    files: {
      "src/greet.jaunt.ts":
        "<<<<<<< HEAD\nexport declare const a: number;\n=======\nexport declare const b: number;\n>>>>>>> x\n",
    },
    exitCode: 2,
    says: ["merge", /src\/greet\.jaunt\.ts:1/],
  },
  {
    name: "a cycle of specs",
    files: {
      "src/a.jaunt.ts": 'import { b } from "./b.js";\n/** Uses {@link b}. */\nexport declare function a(): number;\n',
      "src/b.jaunt.ts": 'import { a } from "./a.js";\n/** Uses {@link a}. */\nexport declare function b(): number;\n',
    },
    exitCode: 2,
    says: ["src/a:a -> src/b:b -> src/a:a"],
  },
  {
    name: "a facade that does not export the generated module",
    files: { "src/greet.ts": "export const mine = 1;\n" },
    exitCode: 2,
    says: ["src/greet.ts", 'export * from "./__generated__/greet.js"'],
  },
  { name: "a missing tsconfig", files: { "tsconfig.json": null }, exitCode: 2, says: ["tsconfig"] },
  {
    name: "an unknown target",
    files: {},
    args: ["build", "--target", "src/gret"],
    exitCode: 2,
    says: ["src/gret", "src/greet"],
  },
  { name: "an unknown command", files: {}, args: ["biuld"], exitCode: 2, says: ["biuld", "build"] },
  { name: "an unknown option", files: {}, args: ["build", "--forse"], exitCode: 2, says: ["--forse", "--force"] },
  {
    name: "a module that why does not know",
    files: {},
    args: ["why", "src/gret"],
    exitCode: 2,
    says: ["src/gret", "src/greet"],
  },
  { name: "jobs that are no number", files: {}, args: ["build", "--jobs", "many"], exitCode: 2, says: ["--jobs"] },
];

describe("bad input says what, why and what to do", () => {
  test.each(rows)("$name", async ({ files, args = ["build"], exitCode, says }) => {
    const project = await open(files);
    const before = await content(project);
    const result = await runJaunt(project.root, args);
    const printed = result.stdout + result.stderr;
    for (const part of says)
      expect(printed).toMatch(
        typeof part === "string" ? new RegExp(part.replaceAll(/[$()*+.?[\\\]^{|}]/g, "\\$&")) : part,
      );
    expect(printed).not.toMatch(/^\s+at .*\(.*:\d+:\d+\)/m);
    expect(result.exitCode).toBe(exitCode);
    const after = await content(project);
    for (const [path, text] of Object.entries(before)) expect(after[path], `${path} is kept`).toBe(text);
  });

  test.each(rows)("$name, as one JSON document", async ({ files, args = ["build"], exitCode }) => {
    const project = await open(files);
    const result = await runJaunt(project.root, [...args, "--json"]);
    expect(result.json()).toHaveProperty("schema");
    expect(result.exitCode).toBe(exitCode);
  });

  test("an unreadable spec file is named, and the others are built", async () => {
    const project = await open({
      "src/latin.jaunt.ts": "/** Hello! */\nexport declare const x: number;\n",
      ...recordingOf("src/greet"),
    });
    const { writeFile } = await import("node:fs/promises");
    await writeFile(join(project.root, "src/latin.jaunt.ts"), Buffer.from([0x2f, 0x2f, 0x20, 0xe9, 0x0a]));
    const result = await runJaunt(project.root, ["build"]);
    expect(result.stdout + result.stderr).toContain("src/latin.jaunt.ts");
    expect(result.exitCode).toBe(2);
  });

  test.skipIf(process.getuid?.() === 0)("a folder that cannot be written to is named", async () => {
    const project = await open(recordingOf("src/greet"));
    await chmod(join(project.root, "src"), 0o555);
    const result = await runJaunt(project.root, ["build"]);
    await chmod(join(project.root, "src"), 0o755);
    expect(result.exitCode).toBe(3);
    expect(result.stdout + result.stderr).toContain("src");
  });
});

function recordingOf(module: string): Readonly<Record<string, string>> {
  const source = "export function greet(name: string): string {\n  return `Hello, ${name}!`;\n}";
  return { [`recordings/${module}.1.md`]: `<!-- jaunt:recording {"version":1} -->\n\`\`\`ts\n${source}\n\`\`\`\n` };
}

async function open(changes: Readonly<Record<string, string | null>>): Promise<TemporaryProject> {
  const files = Object.entries({ ...sound, ...changes }).flatMap(([path, text]) =>
    text === null ? [] : [[path, text] as const],
  );
  const project = await createTemporaryProject(Object.fromEntries(files), { nodeModules: true });
  opened.push(project);
  return project;
}

async function content(project: TemporaryProject): Promise<Readonly<Record<string, string>>> {
  const paths = (await project.list()).filter((path) => !path.startsWith(".jaunt/"));
  return Object.fromEntries(await Promise.all(paths.map(async (path) => [path, await project.read(path)] as const)));
}
