import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { JauntError, type SpecModule } from "@jaunt/core";
import { defaultConfig, type Config, type LlmConfig } from "@jaunt/core/config";
import type { Language } from "@jaunt/orchestrator";
import { describe, expect, onTestFinished, test } from "vitest";
import type { DoctorReport } from "../report.ts";
import { runCli } from "../run-cli.ts";
import type { Services } from "../services.ts";
import { createFakeServices, statusReport, type FakeMethods } from "../testing/fake-services.ts";
import { createFakeTerminal } from "../testing/fake-terminal.ts";

const sound: Readonly<Record<string, string>> = {
  "jaunt.toml": "",
  ".gitignore": ".jaunt/\n",
  ".git/HEAD": "",
  "recordings/src/a.1.md": "",
  "node_modules/typescript/package.json": '{"version":"7.0.2"}',
};

function project(files: Readonly<Record<string, string | null>> = {}): string {
  const root = mkdtempSync(join(tmpdir(), "jaunt-doctor-"));
  onTestFinished(() => rmSync(root, { recursive: true }));
  for (const [path, text] of Object.entries({ ...sound, ...files })) {
    if (text === null) continue;
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return root;
}

function config(llm: Partial<LlmConfig>): Config {
  const base = defaultConfig();
  return { ...base, llm: { ...base.llm, provider: "replay", ...llm } };
}

interface Given {
  readonly files?: Readonly<Record<string, string | null>>;
  readonly llm?: Partial<LlmConfig>;
  readonly env?: Readonly<Record<string, string>>;
  readonly status?: FakeMethods["status"];
  readonly services?: Partial<Services>;
  readonly nodeVersion?: string;
  readonly isAlive?: (pid: number) => boolean;
}

async function examine({ files, llm = {}, env = {}, status, services, ...terminal }: Given = {}): Promise<{
  readonly code: number;
  readonly lines: readonly string[];
  readonly printed: string;
}> {
  const fake = { ...createFakeTerminal({ cwd: project(files), env }), ...terminal };
  const oneModule = (): ReturnType<NonNullable<FakeMethods["status"]>> =>
    Promise.resolve(statusReport({ modules: { "src/a": { status: "current", reasons: [] } } }));
  const code = await runCli(
    ["doctor", "--json"],
    fake,
    createFakeServices({ status: status ?? oneModule }, { config: config(llm), ...services }),
  );
  const printed = fake.stdout.text();
  const { checks } = JSON.parse(printed) as DoctorReport;
  return {
    code,
    printed,
    lines: checks.map(
      (check) => `${check.status} ${check.name}: ${check.message}${check.fix === undefined ? "" : ` | ${check.fix}`}`,
    ),
  };
}

test("a sound project has nothing to mend", async () => {
  const { code, lines } = await examine();
  expect(code).toBe(0);
  expect(lines.map((line) => line.replace(/ in \/.*| \/.*/, ""))).toEqual([
    "ok node: v20.19.0",
    expect.stringMatching(/^ok jaunt: \d/),
    "ok config: jaunt.toml",
    "ok provider: replay: jaunt.toml names it",
    "ok key: none is needed",
    "ok recordings:",
    "ok specs: 1 spec module",
    "ok tsconfig: includes every spec file",
    "ok typescript: 7.0.2",
    "ok gitignore: .jaunt/ is ignored",
    "ok lock: no build is running",
  ]);
});

describe("each thing that is wrong is found, with what mends it", () => {
  const remote = "https://llm.example.org/v1";
  const diagnostic = {
    severity: "error",
    message: "No tsconfig includes it.",
    file: "src/a.jaunt.ts",
    hint: "Add src to include.",
  } as const;

  test.each<[string, Given, number, RegExp]>([
    ["an old Node", { nodeVersion: "v20.18.3" }, 2, /^fail node: v20\.18\.3 is too old \| Install Node 20\.19/],
    ["a newer Node", { nodeVersion: "v24.1.0" }, 0, /^ok node: v24\.1\.0$/],
    ["no config", { files: { "jaunt.toml": null } }, 2, /^fail config: There is no jaunt\.toml.*jaunt init/],
    [
      "a broken config",
      {
        services: {
          openProject: () =>
            Promise.reject(
              new JauntError("jaunt.toml:2:1: no", { code: "config-syntax", exitCode: 2, hint: "Mend it." }),
            ),
        },
      },
      2,
      /^fail config: jaunt\.toml:2:1: no \| Mend it\./,
    ],
    [
      "no provider",
      { llm: { provider: "auto" }, env: { CI: "1" } },
      2,
      /^fail provider: No provider was found.*LITELLM_API_KEY/,
    ],
    [
      "a vendor without its key",
      { llm: { provider: "openai" } },
      2,
      /^fail key: .*needs an API key.*Set OPENAI_API_KEY/,
    ],
    [
      "an endpoint that is not running",
      { llm: { provider: "ollama", model: "qwen", base_url: "http://127.0.0.1:9" } },
      0,
      /^warn endpoint: .*127\.0\.0\.1:9.* \| /,
    ],
    [
      "a plug-in that is not installed",
      { llm: { provider: "@acme/nowhere" } },
      2,
      /^fail provider: .*npm install --save-dev @acme\/nowhere/,
    ],
    [
      "no key",
      { llm: { provider: "litellm", base_url: remote, model: "m" } },
      2,
      /^fail key: .*LITELLM_API_KEY.*not set/,
    ],
    [
      "a key",
      { llm: { provider: "litellm", base_url: remote, model: "m" }, env: { LITELLM_API_KEY: "planted-secret" } },
      0,
      /^ok key: LITELLM_API_KEY is set$/,
    ],
    [
      "no model",
      { llm: { provider: "litellm", base_url: "http://localhost:1" } },
      2,
      /^fail model: .*\| Set \[llm\] model/,
    ],
    [
      "no recordings",
      { files: { "recordings/src/a.1.md": null } },
      2,
      /^fail recordings: .*does not exist \| .*--record/,
    ],
    [
      "no specs yet",
      {
        status: () =>
          Promise.reject(
            new JauntError("No spec file was found.", { code: "no-specs", exitCode: 2, hint: "Write one." }),
          ),
      },
      0,
      /^warn specs: No spec file was found\. \| Write one\./,
    ],
    [
      "a spec that cannot be read",
      {
        status: () =>
          Promise.resolve(
            statusReport({
              diagnostics: [{ ...diagnostic, code: "spec/syntax", start: { line: 2, column: 3, offset: 9 } }],
            }),
          ),
      },
      2,
      /^fail specs: 1 error; first src\/a\.jaunt\.ts:2:3: /,
    ],
    [
      "a spec outside the tsconfig",
      { status: () => Promise.resolve(statusReport({ diagnostics: [{ ...diagnostic, code: "tsconfig/missing" }] })) },
      2,
      /^fail tsconfig: src\/a\.jaunt\.ts: No tsconfig includes it\. \| Add src/,
    ],
    [
      "no TypeScript",
      { files: { "node_modules/typescript/package.json": null } },
      0,
      /^warn typescript: .*npm install --save-dev typescript/,
    ],
    [
      ".jaunt/ not ignored",
      { files: { ".gitignore": "dist\n" } },
      0,
      /^warn gitignore: .*\| Add the line `\.jaunt\/` to \.gitignore/,
    ],
    ["no repository", { files: { ".gitignore": null, ".git/HEAD": null } }, 0, /^ok gitignore: not a git repository/],
    [
      "a running build",
      { files: { ".jaunt/lock": '{"pid":4711}' }, isAlive: (pid) => pid === 4711 },
      0,
      /^warn lock: process 4711 is building/,
    ],
    [
      "a dead build's lock",
      { files: { ".jaunt/lock": '{"pid":4711}' } },
      0,
      /^ok lock: process 4711 left a lock behind/,
    ],
  ])("%s", async (_name, given, code, line) => {
    const result = await examine(given);
    expect(result.lines).toContainEqual(expect.stringMatching(line));
    expect(result.code).toBe(code);
    expect(result.printed).not.toContain("planted-secret");
  });

  test("what does not depend on the config is looked at all the same", async () => {
    const broken = { openProject: () => Promise.reject(new JauntError("no", { code: "config-syntax", exitCode: 2 })) };
    const { lines } = await examine({ services: broken, files: { ".gitignore": null } });
    expect(lines.filter((line) => /typescript|gitignore|lock/.test(line))).toHaveLength(3);
  });

  test("a bug is no finding", async () => {
    const fake = createFakeTerminal({ cwd: project() });
    const services = createFakeServices({ status: () => Promise.reject(new TypeError("x")) }, { config: config({}) });
    expect(await runCli(["doctor"], fake, services)).toBe(1);
  });
});

describe("@jaunt/spec", () => {
  const installed = { "node_modules/@jaunt/spec/package.json": "{}", "src/a.jaunt.ts": "magic" };
  const module: SpecModule = {
    id: "src/a",
    path: "src/a.jaunt.ts",
    language: "typescript",
    role: "build",
    specs: [],
    outline: {
      imports: [{ local: "magic", imported: "magic", specifier: "@jaunt/spec", typeOnly: false }],
      reexports: [],
      declarations: [],
    },
  };
  const value = { name: "SEPARATOR", kind: "value", exported: true, digest: "", typeDigest: "", uses: [] } as const;

  const withValue: SpecModule = { ...module, outline: { ...module.outline, declarations: [value] } };

  test.each<[string, SpecModule, Readonly<Record<string, string>>, RegExp | undefined]>([
    [
      "is not asked for where no spec imports it",
      { ...module, outline: { ...module.outline, imports: [] } },
      { "src/a.jaunt.ts": "" },
      undefined,
    ],
    [
      "must be installed where one does",
      module,
      { "src/a.jaunt.ts": "" },
      /^fail spec-package: src\/a\.jaunt\.ts imports.*npm install --save-dev @jaunt\/spec/,
    ],
    [
      "may be a development dependency without hand-written values",
      module,
      { ...installed, "package.json": '{"devDependencies":{"@jaunt/spec":"1"}}' },
      /^ok spec-package/,
    ],
    [
      "must be a real dependency with them",
      withValue,
      { ...installed, "package.json": '{"devDependencies":{"@jaunt/spec":"1"}}' },
      /^warn spec-package: .*npm install @jaunt\/spec`/,
    ],
    [
      "is well as a real dependency",
      withValue,
      { ...installed, "package.json": '{"dependencies":{"@jaunt/spec":"1"}}' },
      /^ok spec-package/,
    ],
    [
      "is looked for in the package that the file belongs to",
      withValue,
      {
        ...installed,
        "package.json": '{"devDependencies":{}}',
        "src/package.json": '{"dependencies":{"@jaunt/spec":"1"}}',
      },
      /^ok spec-package/,
    ],
    [
      "may be a development dependency of tests, whatever they hold",
      { ...withValue, role: "test" },
      { ...installed, "package.json": '{"devDependencies":{"@jaunt/spec":"1"}}' },
      /^ok spec-package/,
    ],
  ])("%s", async (_name, read, files, expected) => {
    const { lines } = await examine({ files, services: readingAs(read) });
    const found = lines.filter((line) => line.includes("spec-package"));
    if (expected === undefined) expect(found).toEqual([]);
    else expect(found).toEqual([expect.stringMatching(expected)]);
  });
});

describe("what tests run with", () => {
  const spec = {
    ref: "src/a:a",
    name: "a",
    kind: "function",
    form: "declare",
    spans: [],
    signature: "",
    signatureDigest: "",
    doc: "",
    prompts: [],
    examples: [],
    members: [],
    uses: [],
    keptDigest: "",
  } as const satisfies SpecModule["specs"][number];
  const example = { text: "a() // => 1", call: "a()", expectation: { kind: "returns", value: "1" } } as const;
  const property = { text: "for all n: nat :: a()", variables: [{ name: "n", type: "nat" }], invariant: "a()" };
  const vitest = { "node_modules/vitest/package.json": "{}" };
  const module = (changes: Partial<SpecModule["specs"][number]>): SpecModule => ({
    id: "src/a",
    path: "src/a.jaunt.ts",
    language: "typescript",
    role: "build",
    specs: [{ ...spec, ...changes }],
    outline: { imports: [], reexports: [], declarations: [] },
  });

  test.each<[string, SpecModule, Readonly<Record<string, string>>, RegExp | undefined]>([
    ["is not asked for where nothing is tested", module({}), {}, undefined],
    ["is vitest for examples", module({ examples: [example] }), vitest, /^ok test-tools: vitest$/],
    ["is fast-check for properties", module({ properties: [property] }), vitest, /^warn test-tools: .*fast-check/],
    [
      "is named all together",
      module({ properties: [property] }),
      {},
      /^warn test-tools: .*vitest and fast-check.*npm install --save-dev vitest fast-check/,
    ],
  ])("%s", async (_name, read, files, expected) => {
    const { lines } = await examine({ files: { "src/a.jaunt.ts": "", ...files }, services: readingAs(read) });
    const found = lines.filter((line) => line.includes("test-tools"));
    if (expected === undefined) expect(found).toEqual([]);
    else expect(found).toEqual([expect.stringMatching(expected)]);
  });
});

/** A language that finds this module in every file. */
function readingAs(read: SpecModule): Partial<Services> {
  const reader = {
    apiVersion: 1,
    language: "typescript",
    version: "fake",
    patterns: ["**/*.jaunt.ts"],
    moduleId: () => undefined,
    read: () => ({ module: read, diagnostics: [] }),
  } as const satisfies Language["reader"];
  return {
    loadLanguages: () => Promise.resolve([{ reader, createTarget: () => Promise.reject(new Error("unused")) }]),
  };
}

test("a person sees a table with fixes", async () => {
  const fake = createFakeTerminal({ cwd: project({ ".gitignore": "" }) });
  const services = createFakeServices(
    { status: () => Promise.resolve(statusReport()) },
    { config: config({ provider: "openai" }) },
  );
  expect(await runCli(["doctor"], fake, services)).toBe(2);
  expect(fake.stdout.text()).toMatch(
    /^fail {2}key {9}The provider "openai" needs an API key, and OPENAI_API_KEY is not set\.\n {6}fix: Set OPENAI_API_KEY/m,
  );
  expect(fake.stdout.text()).toMatch(/doctor: \d+ checks, 1 failed, 1 warning in 0\.0 s\n$/);
});
