import { z } from "zod";
import type { PlanReport } from "../reports.ts";
import { schemaOf } from "./schema-of.ts";
import {
  costSchema,
  diagnosticsSchema,
  durationSchema,
  moduleList,
  moduleStateSchema,
  reasonsSchema,
} from "./shared.ts";

const planned = z.strictObject({
  module: z.string(),
  status: moduleStateSchema,
  action: z
    .enum(["generate", "verify"])
    .describe("`verify` first sees, for free, whether what is built still passes, and generates only when not."),
  reason: z.string().describe("The first reason as a sentence."),
  reasons: reasonsSchema,
  explanations: z.array(z.string()).describe("One sentence per reason."),
  asked: z.array(z.string()).optional().describe("Specs to write anew, when the code of the others can stay."),
  estimated_input_tokens: z.number(),
  estimated_output_tokens: z.number(),
  cost: costSchema.describe("Of the first attempt, in dollars; null when the price is unknown."),
  cached: z.boolean().describe("True when the reply cache already holds the answer: then nothing is sent."),
});

const totals = z.strictObject({
  generate: z.number(),
  verify: z.number(),
  input_tokens: z.number().describe("Of first attempts that are not cached."),
  output_tokens: z.number(),
  cost: costSchema,
});

const price = z.strictObject({
  input: z.number(),
  cached: z.number(),
  output: z.number(),
  source: z
    .enum(["config", "list", "recordings"])
    .describe("`[llm.pricing]`, the list that comes with this version, or recordings, which cost nothing."),
});

/** `jaunt plan --json` and `jaunt build --dry-run --json`. */
export const planReportSchema: z.ZodType<PlanReport> = schemaOf<PlanReport>()(
  z
    .strictObject({
      schema: z.literal("jaunt.plan/1"),
      command: z.literal("plan"),
      build: z.array(planned).describe("What a build would do, dependencies first."),
      totals,
      batch: z.literal(true).optional().describe("Present when costs are those of a build by batch."),
      model: z.string().describe("As in the configuration; empty for the provider's default."),
      price: price.nullable().describe("Dollars per million tokens; null when unknown."),
      edited: moduleList("Modules that a build would leave alone: their files were edited by hand."),
      blocked: moduleList("Modules that a build would not come to, for one that they need failed."),
      skipped: z.number().describe("Modules that are current."),
      diagnostics: diagnosticsSchema,
      duration_seconds: durationSchema,
    })
    .meta({ title: "jaunt plan", description: "What a build would do, in which order, why, and its likely cost." }),
);
