import { z } from "zod";
import type { LintReport } from "../reports.ts";
import { schemaOf } from "./schema-of.ts";
import { diagnosticSchema, diagnosticsSchema, durationSchema } from "./shared.ts";

const specLint = z.strictObject({
  ref: z.string(),
  kind: z.enum(["function", "class", "const"]),
  examples_checked: z.number(),
  examples_unchecked: z.number(),
  properties_checked: z.number(),
  properties_unchecked: z.number(),
  tests: z.number().describe("How many test specs have it as their target."),
  promises: z.number().describe("Sentences of its docs that promise behaviour."),
  promises_uncovered: z.number().describe("Those of them that nothing shows."),
  unchecked: z
    .array(z.strictObject({ kind: z.enum(["example", "property"]), text: z.string(), reason: z.string() }))
    .describe("Examples and properties that are documentation only, and why."),
  targets: z.array(z.string()).optional().describe("Of a test spec: the specs that it tests."),
});

const moduleLint = z.strictObject({ role: z.enum(["build", "test"]), specs: z.array(specLint) });

const totals = z.strictObject({
  specs: z.number(),
  specs_without: z.number().describe("Those without an example and a property that is checked."),
  examples: z.number(),
  examples_checked: z.number(),
  properties: z.number(),
  properties_checked: z.number(),
  promises: z.number(),
  promises_uncovered: z.number(),
});

/** `jaunt lint --json`. */
export const lintReportSchema: z.ZodType<LintReport> = schemaOf<LintReport>()(
  z
    .strictObject({
      schema: z.literal("jaunt.lint/1"),
      command: z.literal("lint"),
      ok: z.boolean().describe("False when `strict`, and something is a warning."),
      strict: z.boolean(),
      modules: z.record(z.string(), moduleLint).describe("By module id."),
      totals: totals.describe("Over the specs of code."),
      findings: z.array(diagnosticSchema).describe("What could be better: `lint/…`."),
      diagnostics: diagnosticsSchema.describe("What is wrong with the project itself."),
      duration_seconds: durationSchema,
    })
    .meta({ title: "jaunt lint", description: "How much of every spec is checked, and what is not." }),
);
