import * as fc from "fast-check";
import { expect, test } from "vitest";
import { JauntError } from "../errors.ts";
import { configJsonSchema, defaultConfig, parseConfig } from "./parse-config.ts";

function failure(text: string): JauntError {
  try {
    parseConfig(text, "jaunt.toml");
  } catch (error) {
    if (JauntError.isInstance(error)) return error;
    throw error;
  }
  throw new Error("the config was accepted");
}

const everyKey = `
version = 1
[paths]
source_roots = ["src"]
test_roots = ["tests"]
generated_dir = "__generated__"
[llm]
provider = "auto"
model = ""
api_key_env = ""
base_url = ""
output = "auto"
timeout_seconds = 300
max_cost_per_build = 1.00
max_tokens_per_build = 2000000
recordings = "recordings"
[llm.pricing]
[build]
jobs = 8
infer_deps = true
max_attempts = 3
verify = "examples"
on_dependency_change = "verify"
dependency_context = "source"
max_dependency_tokens = 8000
rebuild_on = []
[test]
jobs = 4
infer_deps = true
runner = "vitest"
args = []
[cache]
dir = ".jaunt/cache"
remote = ""
remote_write = false
[prompts]
build_system = ""
build_module = ""
test_system = ""
test_module = ""
extra_system = ""
[typescript]
tsconfig = ""
`;

test("an empty file means every default, and the documented file writes them all out", () => {
  expect(parseConfig("", "jaunt.toml")).toEqual(defaultConfig());
  expect(parseConfig(everyKey, "jaunt.toml")).toEqual(defaultConfig());
  expect(parseConfig("", "jaunt.toml").build.jobs).toBe(8);
});

test("two configs share no lists, so that changing one cannot change the other", () => {
  expect(defaultConfig().paths.source_roots).not.toBe(defaultConfig().paths.source_roots);
});

test("values that are written win over defaults", () => {
  const config = parseConfig(
    `paths = { source_roots = ["packages/*/src"] }
build.rebuild_on = ["model"]
[llm]
max_cost_per_build = 0
[llm.pricing]
"gpt 5.5 (mini)" = { input = 2.0, cached = 0.2, output = 10.0 }
local = { input = 0, output = 0 }`,
    "jaunt.toml",
  );
  expect(config.paths).toEqual({
    source_roots: ["packages/*/src"],
    test_roots: ["tests"],
    generated_dir: "__generated__",
  });
  expect(config.build.rebuild_on).toEqual(["model"]);
  expect(config.llm.max_cost_per_build).toBe(0);
  expect(config.llm.pricing).toEqual({
    "gpt 5.5 (mini)": { input: 2, cached: 0.2, output: 10 },
    local: { input: 0, output: 0 },
  });
});

test("a byte order mark and Windows line ends are fine", () => {
  expect(parseConfig("\uFEFF[build]\r\njobs = 2\r\n", "jaunt.toml").build.jobs).toBe(2);
});

test("roots are normalised", () => {
  const { paths } = parseConfig(
    '[paths]\nsource_roots = ["./src//app/", "."]\ntest_roots = ["src/app/tests/"]',
    "jaunt.toml",
  );
  expect(paths.source_roots).toEqual(["src/app", "."]);
  expect(paths.test_roots).toEqual(["src/app/tests"]);
});

const unknownKeys: readonly [string, string, string][] = [
  ["a misspelt key", "[build]\njob = 3", 'jaunt.toml:2:1: unknown key "job" in [build]. Did you mean "jobs"?'],
  [
    "a misspelt section",
    "\n[bulid]\njobs = 3",
    'jaunt.toml:2:2: unknown section or key "bulid". Did you mean [build]?',
  ],
  ["a section nobody knows", "[daemon]\nport = 1", 'jaunt.toml:1:2: unknown section or key "daemon".'],
  [
    "a key outside its section",
    "jobs = 3",
    'jaunt.toml:1:1: unknown section or key "jobs". Did you mean "jobs" in [build]?',
  ],
  [
    "a key in the wrong section",
    "[llm]\nmax_attempts = 3",
    'jaunt.toml:2:1: unknown key "max_attempts" in [llm]. Did you mean "max_attempts" in [build]?',
  ],
  [
    "swapped letters",
    "[cache]\nrmeote = ''",
    'jaunt.toml:2:1: unknown key "rmeote" in [cache]. Did you mean "remote"?',
  ],
  [
    "a dotted key",
    'llm.api_key = "secret"',
    'jaunt.toml:1:5: unknown key "api_key" in [llm]. Did you mean "api_key_env"?',
  ],
  [
    "a quoted key",
    '["paths"]\n  "source roots" = []',
    'jaunt.toml:2:3: unknown key "source roots" in [paths]. Did you mean "source_roots"?',
  ],
  [
    "a price",
    '[llm.pricing]\n"a b" = { input = 1, output = 1, cache = 1 }',
    'jaunt.toml:2:34: unknown key "cache" in [llm.pricing."a b"]. Did you mean "cached"?',
  ],
  ["an unsafe name", "[constructor]\nx = 1", 'jaunt.toml:1:2: unknown section or key "constructor".'],
];

test.each(unknownKeys)("an unknown key is an error with a suggestion and its place: %s", (_, text, message) => {
  const error = failure(text);
  expect(error.message).toBe(message);
  expect([error.code, error.exitCode]).toEqual(["config-unknown-key", 2]);
});

const invalidValues: readonly [string, string, string][] = [
  ["a string for a number", '[build]\njobs = "many"', "2:1: [build] jobs: expected a number"],
  ["a fraction for a whole number", "[build]\njobs = 1.5", "2:1: [build] jobs: expected a whole number"],
  ["too few", "[build]\njobs = 0", "2:1: [build] jobs: must be at least 1"],
  ["too many", "[build]\nmax_attempts = 99", "2:1: [build] max_attempts: must be at most 20"],
  ["not a number at all", "[llm]\nmax_cost_per_build = nan", "2:1: [llm] max_cost_per_build: expected a number"],
  ["no limit at all", "[llm]\nmax_cost_per_build = inf", "2:1: [llm] max_cost_per_build: expected a number"],
  ["a negative cost", "[llm]\nmax_cost_per_build = -1", "2:1: [llm] max_cost_per_build: must be at least 0"],
  ["a date", "[llm]\nmodel = 2026-01-01", "2:1: [llm] model: expected a string"],
  ["an unknown choice", '[build]\nverify = "all"', '2:1: [build] verify: expected one of "types", "examples", "tests"'],
  [
    "an item of a list",
    '[build]\nrebuild_on = [\n  "model", # "x"\n  "moon",\n]',
    '4:3: [build] rebuild_on[1]: expected one of "model", "prompts"',
  ],
  ["a string for a list", '[paths]\nsource_roots = "src"', "2:1: [paths] source_roots: expected a list"],
  ["a value for a section", "llm = true", "1:1: llm: expected a table"],
  ["an array of tables for a section", "[[build]]\njobs = 1", "1:3: build: expected a table"],
  ["half a price", "[llm.pricing]\nlocal = { input = 1 }", "2:1: [llm] pricing.local.output: is missing"],
  [
    "a key where its variable's name belongs",
    '[llm]\napi_key_env = "sk-ant-123"',
    "2:1: [llm] api_key_env: expected the name of an environment variable, never the key itself",
  ],
  [
    "an address without a scheme",
    '[llm]\nbase_url = "localhost:4000"',
    "2:1: [llm] base_url: expected an address that starts with http:// or https://",
  ],
  [
    "a path for the generated folder",
    '[paths]\ngenerated_dir = "out/gen"',
    "2:1: [paths] generated_dir: expected the name of one folder, without slashes",
  ],
  [
    "the spec folder itself as the generated folder",
    '[paths]\ngenerated_dir = "."',
    "2:1: [paths] generated_dir: expected the name of a folder of its own",
  ],
  [
    "a root outside the project",
    '[paths]\ntest_roots = ["a/../../b"]',
    "2:15: [paths] test_roots[0]: a root must lie inside the project",
  ],
  [
    "an absolute root",
    '[paths]\ntest_roots = ["/srv"]',
    "2:15: [paths] test_roots[0]: expected a path relative to jaunt.toml",
  ],
  ["a Windows root", "[paths]\ntest_roots = ['a\\b']", "2:15: [paths] test_roots[0]: use forward slashes"],
  [
    "an empty root",
    '[paths]\ntest_roots = [""]',
    '2:15: [paths] test_roots[0]: expected a folder; "." is the project itself',
  ],
  [
    "one root twice",
    '[paths]\nsource_roots = ["src", "./src/"]',
    '2:24: [paths] source_roots[1]: "src" is listed twice',
  ],
  [
    "equal source and test roots",
    '[paths]\ntest_roots = [\n  "src/"\n]',
    '3:3: [paths] test_roots[0]: "src" is also a source root: a folder holds specs of code or of tests, not both',
  ],
  [
    "a glob over the other kind of root",
    '[paths]\nsource_roots = ["packages/*/src"]\ntest_roots = ["packages/a/src"]',
    '3:15: [paths] test_roots[0]: "packages/a/src" overlaps "packages/*/src", which is also a source root: a folder holds specs of code or of tests, not both',
  ],
  ["a text for the version", 'version = "1"', "1:1: version: expected 1"],
];

test.each(invalidValues)("a wrong value is an error with its place: %s", (_, text, message) => {
  const error = failure(text);
  expect(error.message).toBe(`jaunt.toml:${message}`);
  expect([error.code, error.exitCode]).toEqual(["config-invalid", 2]);
});

test("a secret that was pasted into the file is not repeated", () => {
  const error = failure('[llm]\napi_key = "hunter2-secret"\napi_key_env = "hunter2-secret"');
  expect(`${error.message} ${error.hint}`).not.toContain("hunter2");
});

test("all problems are reported together, in the order of the file", () => {
  const error = failure('[build]\njob = 1\njobs = 0\n[llm]\noutput = "xml"\n[tset]\n');
  expect(error.message.split("\n").map((line) => line.split(": ")[0])).toEqual([
    "4 problems in jaunt.toml:",
    "jaunt.toml:2:1",
    "jaunt.toml:3:1",
    "jaunt.toml:5:1",
    "jaunt.toml:6:2",
  ]);
  expect(error.code).toBe("config-invalid");
});

test("a config of a later format says so and nothing else", () => {
  const error = failure("# new\nversion = 2\n[unheard_of]\nx = 1");
  expect(error.message).toBe("jaunt.toml:2:1: version 2 of the config format is not known; this Jaunt reads version 1");
  expect(error.hint).toContain("Upgrade Jaunt");
});

const syntaxErrors: readonly [string, string, RegExp][] = [
  ["an open string", '[build]\nverify = "types', /^conf\/j\.toml:2:\d+: not valid TOML: /],
  ["a repeated key", "version = 1\nversion = 1", /^conf\/j\.toml:2:\d+: not valid TOML: /],
  ["merge markers", "<<<<<<< HEAD\nversion = 1", /^conf\/j\.toml:1:\d+: not valid TOML: /],
];

test.each(syntaxErrors)("broken TOML is an error with its place: %s", (_, text, message) => {
  let error: unknown;
  try {
    parseConfig(text, "conf/j.toml");
  } catch (thrown) {
    error = thrown;
  }
  expect(error).toMatchObject({ code: "config-syntax", exitCode: 2, message: expect.stringMatching(message) });
});

test("whatever the text is, the outcome is a config or a JauntError", () => {
  const piece = fc.constantFrom(
    "[build]",
    "[[llm]]",
    "jobs",
    "=",
    "1",
    '"x"',
    "\n",
    "[",
    "]",
    "{",
    "}",
    ",",
    ".",
    "'''",
    "#",
    "version",
    "paths",
    "__proto__",
    "nan",
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
      try {
        expect(parseConfig(pieces.join(" "), "jaunt.toml").version).toBe(1);
      } catch (error) {
        expect(JauntError.isInstance(error)).toBe(true);
      }
    }),
    { numRuns: 500 },
  );
});

test("the JSON Schema describes every key, names its default and refuses unknown ones", () => {
  const undescribed: string[] = [];
  const open: string[] = [];
  const visit = (node: unknown, path: string): void => {
    if (typeof node !== "object" || node === null) return;
    const { properties, description, additionalProperties } = node as Record<string, unknown>;
    if (description === undefined) undescribed.push(path);
    if (typeof additionalProperties === "object") visit(additionalProperties, `${path}.*`);
    if (typeof properties !== "object" || properties === null) return;
    if (additionalProperties !== false) open.push(path);
    for (const [key, value] of Object.entries(properties)) visit(value, `${path}.${key}`);
  };
  const schema = configJsonSchema();
  visit(schema, "");
  expect(undescribed).toEqual([]);
  expect(open).toEqual([]);
  expect(schema).toMatchObject({
    $schema: "https://json-schema.org/draft/2020-12/schema",
    properties: {
      paths: { properties: { source_roots: { default: ["src"], items: { type: "string" } } } },
      build: { properties: { jobs: { default: 8, maximum: 256 } } },
    },
  });
  expect(JSON.stringify(schema)).not.toContain('"required":["version"');
});
