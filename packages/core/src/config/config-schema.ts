import { z } from "zod";
import { normaliseRoot, overlappingRoots } from "./roots.ts";
import type { Config } from "./schema.ts";

const root = z
  .string()
  .superRefine((value, context) => {
    const { problem } = normaliseRoot(value);
    if (problem !== undefined) context.addIssue({ code: "custom", message: problem, input: value });
  })
  .describe("Folder relative to jaunt.toml; * and ** are allowed.");

const paths = z
  .strictObject({
    source_roots: z.array(root).default(["src"]).describe("Folders whose *.jaunt.* files are specs of code."),
    test_roots: z.array(root).default(["tests"]).describe("Folders whose *.jaunt.* files are specs of tests."),
    generated_dir: z
      .string()
      .regex(/^[^/\\]+$/, "expected the name of one folder, without slashes")
      .refine((value) => ![".", "..", "node_modules"].includes(value), "expected the name of a folder of its own")
      .default("__generated__")
      .describe("Name of the folder beside each spec file that holds its generated files."),
  })
  .superRefine((value, context) => {
    for (const { list, index, message } of overlappingRoots(value)) {
      context.addIssue({ code: "custom", message, path: [list, index], input: value });
    }
  })
  .prefault({})
  .describe("Where specs are and where generated files go.");

const dollars = z.number().nonnegative();

const price = z
  .strictObject({
    input: dollars.describe("Dollars per million input tokens."),
    cached: dollars
      .optional()
      .describe("Dollars per million input tokens read from the provider's cache; the input price unless set."),
    output: dollars.describe("Dollars per million output tokens."),
  })
  .describe("Price of one model.");

const llm = z
  .strictObject({
    provider: z
      .string()
      .min(1)
      .default("auto")
      .describe('Who answers: a built-in provider, the module specifier of a plug-in, or "auto".'),
    model: z.string().default("").describe("Model name as the provider spells it; empty for the provider's default."),
    api_key_env: z
      .string()
      .regex(/^(?:[A-Za-z_][A-Za-z0-9_]*)?$/, "expected the name of an environment variable, never the key itself")
      .default("")
      .describe("Name of the environment variable that holds the key; empty for the provider's usual ones."),
    base_url: url().describe("Address of the endpoint; empty for the provider's own."),
    output: z.enum(["auto", "text", "tool", "json"]).default("auto").describe("How the model hands over its source."),
    timeout_seconds: z.number().positive().max(86_400).default(300).describe("Limit on one model call, in seconds."),
    max_cost_per_build: dollars.default(1).describe("A build stops before it has cost more than this, in dollars."),
    max_tokens_per_build: z
      .int()
      .positive()
      .default(2_000_000)
      .describe("A build stops before it has used more tokens than this."),
    recordings: z
      .string()
      .min(1)
      .default("recordings")
      .describe('Folder of recorded replies, for provider = "replay".'),
    pricing: z
      .record(z.string().min(1), price)
      .default({})
      .describe("Prices by model name, in dollars per million tokens, over the built-in ones."),
  })
  .prefault({})
  .describe("The model and what it may cost.");

const jobs = z.int().min(1).max(256);

const build = z
  .strictObject({
    jobs: jobs.default(8).describe("Modules generated at once."),
    infer_deps: z
      .boolean()
      .default(true)
      .describe("Find dependencies in signatures, docs and kept bodies, besides the explicit ones."),
    max_attempts: z.int().min(1).max(20).default(3).describe("Model calls per module, repairs included."),
    verify: z
      .enum(["types", "examples", "tests"])
      .default("examples")
      .describe("How much must pass before a module is written."),
    on_dependency_change: z
      .enum(["verify", "regenerate"])
      .default("verify")
      .describe("What happens to a module of which only a dependency's contract changed."),
    dependency_context: z
      .enum(["api", "source"])
      .default("source")
      .describe("What a prompt shows of dependencies besides their contracts."),
    max_dependency_tokens: z.int().nonnegative().default(8_000).describe("Tokens of dependency sources in one prompt."),
    rebuild_on: z
      .array(z.enum(["model", "prompts"]))
      .default([])
      .describe("Changes of the generator that make modules stale, not only outdated."),
  })
  .prefault({})
  .describe("How modules are built.");

const test = z
  .strictObject({
    jobs: jobs.default(4).describe("Test modules generated at once."),
    infer_deps: z.boolean().default(true).describe("Find dependencies of test specs by inference too."),
    runner: z
      .enum(["vitest", "node:test"])
      .default("vitest")
      .describe("What generated tests are written for and run by."),
    args: z.array(z.string()).default([]).describe("Further arguments of the runner."),
  })
  .prefault({})
  .describe("How tests are generated and run.");

const cache = z
  .strictObject({
    dir: z.string().min(1).default(".jaunt/cache").describe("Folder of the cache; it can be deleted at any time."),
    remote: url().describe("Address of a shared cache; empty for none."),
    remote_write: z.boolean().default(false).describe("Store replies in the shared cache, too."),
  })
  .prefault({})
  .describe("Where replies and analyses are kept.");

const prompts = z
  .strictObject({
    build_system: template("rules for builds"),
    build_module: template("request for one module"),
    test_system: template("rules for tests"),
    test_module: template("request for one test module"),
    extra_system: z.string().default("").describe("Text added to the rules of every prompt."),
  })
  .prefault({})
  .describe("Templates that replace the built-in ones.");

const typescript = z
  .strictObject({
    tsconfig: z.string().default("").describe("Path of a tsconfig; empty for the nearest one that includes the file."),
  })
  .prefault({})
  .describe("Settings of the TypeScript plug-in.");

/** The one schema of jaunt.toml; roots are still as written. Its output is assignable to `Config`, which the type annotation checks. */
export const configSchema: z.ZodType<Config> = z
  .strictObject({
    version: z.literal(1).default(1).describe("Version of this file format."),
    paths,
    llm,
    build,
    test,
    cache,
    prompts,
    typescript,
  })
  .describe("Configuration of Jaunt, the compiler for intent.");

function url(): z.ZodDefault<z.ZodString> {
  return z
    .string()
    .regex(/^(?:https?:\/\/\S+)?$/i, "expected an address that starts with http:// or https://")
    .default("");
}

function template(what: string): z.ZodDefault<z.ZodString> {
  return z
    .string()
    .default("")
    .describe(`Path of a file that replaces the template with the ${what}; empty for the built-in one.`);
}
