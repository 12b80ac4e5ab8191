import { z } from "zod";
import type { TestReport } from "../reports.ts";
import { schemaOf } from "./schema-of.ts";
import {
  buildFailureSchema,
  costSchema,
  diagnosticsSchema,
  durationSchema,
  moduleList,
  usageSchema,
} from "./shared.ts";

const made = {
  generated: moduleList("Modules that were generated."),
  restamped: moduleList("Modules that passed as they stand."),
  skipped: moduleList("Modules that were left alone because they are current."),
  failed: z.array(buildFailureSchema).describe("Modules that were not built."),
  calls: z.number().describe("Calls of the model."),
  usage: usageSchema.describe("Tokens of all calls."),
  cost: costSchema,
};

const result = z.strictObject({
  kind: z
    .enum(["test", "example", "property"])
    .describe("Written by a model from a test spec, or taken from the author's own words."),
  ref: z.string().describe("The test spec, or the spec whose example or property it is."),
  name: z.string().describe("Name of the test spec; text of the example or property."),
  outcome: z.enum(["passed", "failed", "skipped"]),
  file: z.string().describe("The generated test file."),
  line: z.number().optional(),
  duration_ms: z.number(),
  message: z.string().optional().describe("Of a failure, as the runner tells it."),
  hint: z.string().optional().describe("Of a failure: what is likelier at fault, and why."),
});

const mutation = z.strictObject({
  ref: z.string(),
  mutants: z.number(),
  killed: z.number().describe("Mutants that a test noticed."),
  survivors: z
    .array(z.strictObject({ description: z.string(), file: z.string(), line: z.number() }))
    .describe("Those that no test noticed."),
  left_out: z.number().describe("Mutants left out to keep the run short."),
});

/** `jaunt test --json`. */
export const testReportSchema: z.ZodType<TestReport> = schemaOf<TestReport>()(
  z
    .strictObject({
      schema: z.literal("jaunt.test/1"),
      command: z.literal("test"),
      runner: z.enum(["vitest", "node:test"]),
      build: z.strictObject(made).optional().describe("What the build that went first did; absent with --no-build."),
      ...made,
      written: z.array(z.string()).describe("Posix paths relative to the root."),
      cache_hits: z.number().describe("Replies that a cache gave."),
      tests: z.array(result).describe("Every test that ran."),
      counts: z.strictObject({ passed: z.number(), failed: z.number(), skipped: z.number() }),
      mutation: z.array(mutation).optional().describe("Present with --mutants: how much the tests pin down."),
      diagnostics: diagnosticsSchema,
      interrupted: z.boolean().describe("True when a signal ended it; what was finished is kept."),
      duration_seconds: durationSchema,
    })
    .meta({
      title: "jaunt test",
      description: "What was generated for tests, and how every test ended. The lists of modules are of test modules.",
    }),
);
