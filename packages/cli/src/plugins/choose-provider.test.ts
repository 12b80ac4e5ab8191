import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import {
  JauntError,
  type Backend,
  type BackendFacts,
  type BackendPlugin,
  type BackendSetup,
  type ProgramFacts,
} from "@jaunt/core";
import { defaultConfig, type Config, type LlmConfig } from "@jaunt/core/config";
import type { RunEvent } from "@jaunt/orchestrator";
import { describe, expect, onTestFinished, test } from "vitest";
import { chooseProvider, type ProviderChoice } from "./choose-provider.ts";
import { createBackend, generatorModel } from "./create-backend.ts";
import { providers, type ProviderEntry, type ProviderTable } from "./providers.ts";

const remote = "https://llm.example.org/v1";

function config(llm: Partial<LlmConfig>): Config {
  const base = defaultConfig();
  return { ...base, llm: { ...base.llm, ...llm } };
}

function project(files: Readonly<Record<string, string>> = {}): string {
  const root = mkdtempSync(join(tmpdir(), "jaunt-plugins-"));
  onTestFinished(() => rmSync(root, { recursive: true }));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return root;
}

function choose(
  llm: Partial<LlmConfig>,
  env: Readonly<Record<string, string>> = {},
  root = project(),
  table: ProviderTable = providers,
): Promise<ProviderChoice> {
  return chooseProvider(config(llm), { root, env, providers: table });
}

/** A built-in that is not installed beside the command line. */
function missing(packageName: string, key: string): ProviderEntry {
  const error = new Error(`Cannot find package '${packageName}' imported from here`);
  return {
    packageName,
    load: () => Promise.reject(Object.assign(error, { code: "ERR_MODULE_NOT_FOUND" })),
    included: false,
    autoKeys: [key],
    autoBaseUrl: false,
    needsModel: false,
    needsRecordings: false,
  };
}

/** A built-in whose endpoint may run on this machine. */
function local(asked: BackendSetup[], describe: () => Promise<BackendFacts>): ProviderEntry {
  const createBackend = (setup: BackendSetup): Backend => {
    asked.push(setup);
    return { apiVersion: 1, name: "x", generate: () => Promise.reject(new Error("unused")), describe };
  };
  return {
    packageName: "x",
    load: () => Promise.resolve({ keyEnvironment: [], keyRequired: () => false, createBackend }),
    included: true,
    autoKeys: [],
    autoBaseUrl: false,
    needsModel: true,
    needsRecordings: false,
    local: true,
  };
}

async function refusal(chosen: Promise<unknown>): Promise<JauntError> {
  const error = await chosen.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!JauntError.isInstance(error)) throw new Error(`not refused: ${String(error)}`);
  expect(error.exitCode).toBe(2);
  return error;
}

describe("auto", () => {
  test("takes a provider whose key is set, and says which variable", async () => {
    const choice = await choose({ provider: "auto", base_url: remote }, { LITELLM_API_KEY: "secret" });
    expect(choice).toMatchObject({
      provider: "litellm",
      keyVariable: "LITELLM_API_KEY",
      why: "LITELLM_API_KEY is set",
    });
    expect(choice.setup).toMatchObject({ apiKey: "secret", baseUrl: remote });
  });

  test.each([
    [{ ANTHROPIC_API_KEY: "a", OPENAI_API_KEY: "o", LITELLM_API_KEY: "l" }, "anthropic", "ANTHROPIC_API_KEY"],
    [{ OPENAI_API_KEY: "o", LITELLM_API_KEY: "l" }, "openai", "OPENAI_API_KEY"],
    [{ OPENROUTER_API_KEY: "r", LITELLM_API_KEY: "l" }, "openrouter", "OPENROUTER_API_KEY"],
    [{ ANTHROPIC_API_KEY: " ", LITELLM_API_KEY: "l" }, "litellm", "LITELLM_API_KEY"],
  ])("of %j takes %s", async (env, provider, keyVariable) => {
    expect(await choose({ provider: "auto" }, env)).toMatchObject({ provider, keyVariable, setup: { baseUrl: "" } });
  });

  test("sends no vendor's key to a base_url that does not name the vendor", async () => {
    const keys = { ANTHROPIC_API_KEY: "a", OPENAI_API_KEY: "o" };

    expect(await choose({ provider: "auto", base_url: remote }, keys)).toMatchObject({
      provider: "litellm",
      setup: { apiKey: "o", baseUrl: remote },
    });
    expect((await refusal(choose({ provider: "auto", base_url: remote }, { ANTHROPIC_API_KEY: "a" }))).code).toBe(
      "provider-none",
    );
  });

  test("passes over a provider whose package is not installed, and says so", async () => {
    const without: ProviderTable = {
      ...providers,
      anthropic: missing("@jaunt/backend-x", "ANTHROPIC_API_KEY"),
    };
    const keys = { ANTHROPIC_API_KEY: "a", OPENAI_API_KEY: "o" };

    expect(await choose({ provider: "auto" }, keys, project(), without)).toMatchObject({
      provider: "openai",
      why: "OPENAI_API_KEY is set; but: The package @jaunt/backend-x is not installed.",
    });
    expect(await refusal(choose({ provider: "auto" }, { ANTHROPIC_API_KEY: "a" }, project(), without))).toMatchObject({
      code: "provider-missing",
      hint: "Run `npm install --save-dev @jaunt/backend-x`.",
    });
  });

  test("cannot tell whose key a variable of another name holds", async () => {
    const llm = { provider: "auto", api_key_env: "MY_KEY" };

    expect((await refusal(choose(llm, { MY_KEY: "m", OPENAI_API_KEY: "o" }))).hint).toMatch(
      /^MY_KEY is set, but does not tell whose key it is/,
    );
    expect(await choose({ ...llm, base_url: remote }, { MY_KEY: "m" })).toMatchObject({ provider: "litellm" });
    expect(
      await choose({ ...llm, api_key_env: "OPENAI_API_KEY" }, { ANTHROPIC_API_KEY: "a", OPENAI_API_KEY: "o" }),
    ).toMatchObject({
      provider: "openai",
    });
  });

  test("without a key lists what it looked for, and never picks replay", async () => {
    const error = await refusal(choose({ provider: "auto" }, { LITELLM_API_KEY: "  ", CI: "true" }));
    expect(error.code).toBe("provider-none");
    expect(error.message).toContain("ANTHROPIC_API_KEY, OPENAI_API_KEY, OPENROUTER_API_KEY, LITELLM_API_KEY");
    expect(error.hint).toMatch(/provider = "replay"/);
    expect(error.hint).toMatch(/ollama is not looked for under CI; lmstudio is not .*; vllm is not .*; litellm is not/);
  });

  test("points at a base_url that has no provider", async () => {
    expect((await refusal(choose({ provider: "auto", base_url: remote }))).hint).toContain("base_url is set");
  });
});

describe("auto without a key looks on this machine", () => {
  test("and takes the first endpoint of the table that offers a model", async () => {
    const asked: BackendSetup[] = [];
    const table: ProviderTable = {
      empty: local(asked, () => Promise.resolve({ defaultModel: "", models: [] })),
      second: local(asked, () => Promise.resolve({ defaultModel: "", models: ["qwen"] })),
      third: local(asked, () => Promise.resolve({ defaultModel: "", models: ["llama"] })),
    };

    expect(await choose({ provider: "auto" }, {}, project(), table)).toMatchObject({
      provider: "second",
      keyVariable: undefined,
      why: "no key is set, and its endpoint answers on this machine",
      setup: { timeoutMs: 300_000 },
    });
    expect(asked.map(({ timeoutMs, apiKey }) => [timeoutMs, apiKey])).toEqual([
      [300, undefined],
      [300, undefined],
      [300, undefined],
    ]);
  });

  test("asks all of them at once, and no longer than 300 ms", async () => {
    const asked: string[] = [];
    const slow = createServer(({ method, url }) => asked.push(`${String(method)} ${String(url)}`));
    await new Promise<void>((resolve) => slow.listen(0, "127.0.0.1", resolve));
    onTestFinished(() => {
      slow.closeAllConnections();
      slow.close();
    });
    const baseUrl = `http://127.0.0.1:${String((slow.address() as AddressInfo).port)}`;
    const entry = providers["ollama"];
    if (entry === undefined) throw new Error("ollama is built in");
    const load = async (): Promise<unknown> => {
      const plugin = (await entry.load()) as BackendPlugin;
      return { ...plugin, createBackend: (setup: BackendSetup) => plugin.createBackend({ ...setup, baseUrl }) };
    };
    const table: ProviderTable = { one: { ...entry, load }, two: { ...entry, load }, three: { ...entry, load } };
    const started = performance.now();

    expect((await refusal(choose({ provider: "auto" }, {}, project(), table))).hint).toContain(
      "On this machine: one does not answer; two does not answer; three does not answer.",
    );
    expect(performance.now() - started).toBeLessThan(3 * 300);
    expect(asked).toEqual(["GET /v1/models", "GET /v1/models", "GET /v1/models"]);
  });

  test.each([
    ["under CI", { provider: "auto" }, { CI: "1" }],
    ["when a base_url says where to go", { provider: "auto", base_url: remote }, {}],
  ])("but not %s", async (_name, llm, env) => {
    const asked: BackendSetup[] = [];
    const table = { x: local(asked, () => Promise.resolve({ defaultModel: "", models: ["qwen"] })) };

    expect((await refusal(choose(llm, env, project(), table))).code).toBe("provider-none");
    expect(asked).toEqual([]);
  });
});

describe("auto without a key looks for signed-in agents", () => {
  const offers = { defaultModel: "", models: ["qwen"] };
  const facts: ProgramFacts = {
    command: "robot",
    installed: true,
    version: "1.2.3",
    signedIn: true,
    install: "npm install --global robot",
    signIn: "Run `robot login`.",
  };
  const table = (changes: Partial<ProgramFacts> = {}): ProviderTable => ({
    keyed: { ...missing("keyed", "KEYED"), load: () => Promise.resolve(keyless) },
    endpoint: local([], () => Promise.resolve(offers)),
    agent: {
      ...missing("@acme/agent", "AGENT"),
      autoKeys: [],
      load: () => Promise.resolve({ ...keyless, inspect: () => Promise.resolve({ ...facts, ...changes }) }),
      program: "robot",
    },
  });
  const onPath = (): { readonly PATH: string } => ({ PATH: `relative:${project({ robot: "" })}` });

  test("before endpoints, and says which and why", async () => {
    expect(await choose({ provider: "auto" }, onPath(), project(), table())).toMatchObject({
      provider: "agent",
      keyVariable: undefined,
      why: "no key is set, and robot 1.2.3 is signed in",
    });
  });

  test("but after keys", async () => {
    expect(await choose({ provider: "auto" }, { ...onPath(), KEYED: "k" }, project(), table())).toMatchObject({
      provider: "keyed",
    });
  });

  test.each([
    ["one to which nobody is signed in", { signedIn: false }],
    ["one that is broken", { installed: false }],
  ])("passes over %s", async (_name, changes) => {
    expect(await choose({ provider: "auto" }, onPath(), project(), table(changes))).toMatchObject({
      provider: "endpoint",
    });
  });

  test("loads no package for one that is not on the PATH, or in a folder of the PATH that is relative", async () => {
    const { agent } = table();
    const unread: ProviderTable = { agent: { ...agent!, load: () => Promise.reject(new Error("loaded")) } };
    for (const env of [{}, { PATH: "/nowhere:." }]) {
      const error = await refusal(choose({ provider: "auto" }, env, project(), unread));
      expect(error.hint).toContain("On this machine: no robot on the PATH.");
    }
  });

  test("says what is missing where a program is there", async () => {
    const { agent } = table({ signedIn: false });
    const error = await refusal(choose({ provider: "auto" }, onPath(), project(), { agent: agent! }));
    expect(error.hint).toContain("nobody is signed in to robot (Run `robot login`.)");

    const uninstalled: ProviderTable = { agent: { ...missing("@acme/agent", "X"), autoKeys: [], program: "robot" } };
    expect((await refusal(choose({ provider: "auto" }, onPath(), project(), uninstalled))).hint).toContain(
      "for robot: The package @acme/agent is not installed. Run `npm install --save-dev @acme/agent`",
    );
  });

  test("never under CI, nor when an address or a key's variable is named", async () => {
    const onlyAgent = { agent: table()["agent"]! };
    for (const [llm, env] of [
      [{ provider: "auto" }, { CI: "true" }],
      [{ provider: "auto", base_url: remote }, {}],
      [{ provider: "auto", api_key_env: "MINE" }, {}],
    ] as const) {
      const chosen = choose(llm, { ...onPath(), ...env }, project(), onlyAgent);
      expect((await refusal(chosen)).code).toBe("provider-none");
    }
  });

  test("and hands it the environment", async () => {
    const env = onPath();
    expect((await choose({ provider: "agent" }, env, project(), table())).setup.environment).toEqual(env);
  });
});

const keyless = { keyEnvironment: [], keyRequired: () => false, createBackend: () => ({}) };

describe("a named provider", () => {
  test("replay needs no key and gets the absolute folder of recordings", async () => {
    const root = project();
    const choice = await choose({ provider: "replay", recordings: "replies" }, {}, root);
    expect(choice.keyVariable).toBeUndefined();
    expect(choice.setup).toMatchObject({ provider: "replay", recordings: join(root, "replies"), apiKey: undefined });
  });

  test("litellm needs a key, but not on this machine", async () => {
    expect(await refusal(choose({ provider: "litellm", base_url: remote }))).toMatchObject({
      code: "provider-key-missing",
      hint: expect.stringContaining("LITELLM_API_KEY") as string,
    });
    expect((await choose({ provider: "litellm", base_url: "http://localhost:11434/v1" })).keyVariable).toBeUndefined();
  });

  test("api_key_env is the only variable looked at, and must be set", async () => {
    const llm = { provider: "litellm", base_url: remote, api_key_env: "MY_KEY" };
    expect((await choose(llm, { MY_KEY: "mine", LITELLM_API_KEY: "other" })).setup.apiKey).toBe("mine");
    const error = await refusal(choose(llm, { LITELLM_API_KEY: "other" }));
    expect(error.message).toContain("MY_KEY");
    expect(`${error.message}${String(error.hint)}`).not.toContain("other");
  });

  test("seconds of the configuration are milliseconds of the setup", async () => {
    expect((await choose({ provider: "replay", timeout_seconds: 30 })).setup.timeoutMs).toBe(30_000);
  });

  test.each(["anthropic", "openai"])("%s needs a key, but not on this machine", async (provider) => {
    const variable = `${provider.toUpperCase()}_API_KEY`;

    expect((await refusal(choose({ provider }))).hint).toContain(`Set ${variable}`);
    expect((await choose({ provider }, { [variable]: "secret" })).setup.apiKey).toBe("secret");
    expect((await choose({ provider, base_url: "http://localhost:8080" })).keyVariable).toBeUndefined();
  });

  test("a built-in whose package is missing gives the line that installs it", async () => {
    const table: ProviderTable = { x: missing("@jaunt/backend-x", "X_KEY") };
    const error = await refusal(choose({ provider: "x" }, {}, project({ "pnpm-lock.yaml": "" }), table));
    expect(error).toMatchObject({
      message: "The package @jaunt/backend-x is not installed.",
      hint: "Run `pnpm add --save-dev @jaunt/backend-x`.",
    });
  });

  test("a built-in may be installed in the project alone", async () => {
    const root = project({
      "node_modules/@jaunt/backend-x/package.json": '{ "type": "module", "exports": "./index.js" }',
      "node_modules/@jaunt/backend-x/index.js":
        'export const keyEnvironment = ["X_KEY"]; export const keyRequired = () => true; export const createBackend = () => ({});',
    });
    const table: ProviderTable = { x: missing("@jaunt/backend-x", "X_KEY") };

    expect((await choose({ provider: "x" }, { X_KEY: "secret" }, root, table)).keyVariable).toBe("X_KEY");
  });
});

describe("a plug-in", () => {
  const backend = `export const keyEnvironment = ["ACME_KEY"];
    export const keyRequired = () => true;
    export const createBackend = (setup) => ({ apiVersion: 1, name: setup.provider, generate: async () => { throw new Error("unused"); } });`;
  const manifest = (exports: unknown): string =>
    JSON.stringify({ name: "@acme/jaunt-backend", type: "module", version: "1.0.0", exports });

  test.each([
    ["that exports to import alone", { ".": { types: "./x.d.ts", import: "./index.js" } }],
    ["with one export", "./index.js"],
    ["with nested conditions", { ".": { node: { import: "./index.js" }, default: "./other.js" } }],
  ])("package %s is resolved from the project", async (_name, exports) => {
    const root = project({
      "node_modules/@acme/jaunt-backend/package.json": manifest(exports),
      "node_modules/@acme/jaunt-backend/index.js": backend,
    });
    const choice = await choose({ provider: "@acme/jaunt-backend" }, { ACME_KEY: "secret" }, root);
    expect(choice).toMatchObject({ provider: "@acme/jaunt-backend", keyVariable: "ACME_KEY" });
  });

  test("may be a file of the project or a subpath of a package", async () => {
    const root = project({
      "tools/backend.mjs": backend,
      "node_modules/@acme/jaunt-backend/package.json": manifest({ "./fast": { import: "./fast.js" } }),
      "node_modules/@acme/jaunt-backend/fast.js": backend,
    });
    for (const provider of ["./tools/backend.mjs", "@acme/jaunt-backend/fast"]) {
      expect((await choose({ provider }, { ACME_KEY: "secret" }, root)).provider).toBe(provider);
    }
  });

  test("that is not installed gives the exact install line", async () => {
    const error = await refusal(choose({ provider: "@acme/nowhere/fast" }));
    expect(error.message).toContain('"@acme/nowhere/fast"');
    expect(error.hint).toContain("`npm install --save-dev @acme/nowhere`");
    expect(error.hint).toContain(
      "auto, anthropic, openai, openrouter, ollama, lmstudio, vllm, litellm, azure, claude-code, codex, gemini-cli, replay",
    );
  });

  test("that misses a dependency of its own is broken, not missing", async () => {
    const root = project({ "b.mjs": 'import "left-out";' });
    expect(await refusal(choose({ provider: "./b.mjs" }, {}, root))).toMatchObject({
      code: "provider-broken",
      message: expect.stringContaining("left-out") as string,
    });
  });

  test("that is no backend says what it lacks", async () => {
    const root = project({ "b.mjs": "export const keyEnvironment = [];" });
    expect((await refusal(choose({ provider: "./b.mjs" }, {}, root))).message).toContain(
      "does not export createBackend(setup), keyRequired(setup)",
    );
  });

  test("a name of Node's own is not a plug-in", async () => {
    expect(await refusal(choose({ provider: "fs" }))).toMatchObject({ code: "provider-missing" });
  });
});

test("making the backend says which provider was chosen and why, never the key", async () => {
  const events: RunEvent[] = [];
  const context = { root: project(), env: { LITELLM_API_KEY: "planted-secret" }, providers };
  const backend = await createBackend(config({ provider: "auto", model: "m", base_url: remote }), context, (event) =>
    events.push(event),
  );
  expect(backend.name).toBe("litellm");
  expect(events).toEqual([{ type: "backend-chosen", provider: "litellm", model: "m", why: "LITELLM_API_KEY is set" }]);
  expect(JSON.stringify(events)).not.toContain("planted-secret");
});

test.each([
  [
    "lists what the endpoint offers",
    () => Promise.resolve({ defaultModel: "", models: ["small", "large"] }),
    "Set [llm] model in jaunt.toml. The endpoint offers small, large.",
  ],
  ["does without an endpoint", () => Promise.reject(new Error("refused")), "Set [llm] model in jaunt.toml."],
])("a missing model %s", async (_name, describe, hint) => {
  const plugin = {
    keyEnvironment: [],
    keyRequired: () => false,
    createBackend: () => ({ apiVersion: 1, name: "x", generate: () => Promise.reject(new Error("unused")), describe }),
  };
  const table: ProviderTable = {
    x: {
      packageName: "x",
      load: () => Promise.resolve(plugin),
      included: true,
      autoKeys: [],
      autoBaseUrl: false,
      needsModel: true,
      needsRecordings: false,
    },
  };
  const context = { root: project(), env: {}, providers: table };
  expect(await refusal(createBackend(config({ provider: "x" }), context, () => {}))).toMatchObject({
    code: "model-missing",
    hint,
  });
});

test("the generator is known beforehand only when provider and model are named", () => {
  expect(generatorModel(config({ provider: "litellm", model: "m" }))).toBe("litellm/m");
  for (const llm of [
    { provider: "auto", model: "m" },
    { provider: "litellm", model: "" },
    { provider: "replay", model: "m" },
  ]) {
    expect(generatorModel(config(llm))).toBeUndefined();
  }
});
