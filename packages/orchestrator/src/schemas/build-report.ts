import { z } from "zod";
import type { BuildReport } from "../reports.ts";
import { schemaOf } from "./schema-of.ts";
import {
  buildFailureSchema,
  costSchema,
  diagnosticsSchema,
  durationSchema,
  moduleList,
  usageSchema,
} from "./shared.ts";

const spliced = z.strictObject({
  module: z.string(),
  asked: z.array(z.string()).describe("Names of the specs that were asked for."),
  kept: z.array(z.string()).describe("Names of those whose code stayed byte for byte."),
  saved_output_tokens: z.number().describe("Estimate of what the code that stayed would have cost."),
});

const restamp = z.strictObject({
  module: z.string(),
  evidence: z
    .enum(["types", "examples"])
    .describe("`examples` when types and at least one example, property or test passed."),
  examples: z.number().describe("How many examples, properties and tests passed."),
});

const batch = z.strictObject({
  id: z.string().describe("The provider's id of it."),
  requests: z.number(),
  succeeded: z.number(),
  failed: z.number().describe("Those without an answer, which were then asked for without a batch."),
  state: z.enum(["running", "ended", "expired", "cancelled", "failed"]),
});

const costToDate = z.strictObject({
  dollars: z.number().describe("Of the tokens whose price was known."),
  tokens: z.number(),
  unpriced_tokens: z.number().describe("Those whose price nobody knew."),
  since: z.string().nullable().describe("Day of the first of them; null before any."),
});

const refusal = z.strictObject({
  needs: z.number(),
  left: z.number(),
  unit: z.enum(["dollars", "tokens"]),
});

const spending = z.strictObject({ attempts: z.number(), usage: usageSchema, cost: costSchema });

/** `jaunt build --json`. */
export const buildReportSchema: z.ZodType<BuildReport> = schemaOf<BuildReport>()(
  z
    .strictObject({
      schema: z.literal("jaunt.build/1"),
      command: z.literal("build"),
      generated: moduleList("Modules that were generated."),
      restamped: moduleList("Modules under a changed dependency that passed as they stand; no call was made for them."),
      skipped: moduleList("Modules that were left alone because they are current."),
      failed: z.array(buildFailureSchema).describe("Modules that were not built."),
      spliced: z.array(spliced).describe("Those of `generated` that were written only in part."),
      restamps: z.array(restamp).describe("By what evidence each of `restamped` was kept."),
      examples: z
        .strictObject({
          passed: z.number(),
          not_run: z.number().describe("Those that could not be run, or cannot be checked at all."),
        })
        .describe("Examples of the modules that were written or restamped."),
      written: z.array(z.string()).describe("Posix paths relative to the root."),
      calls: z.number().describe("Calls of the model."),
      cache_hits: z.number().describe("Replies that a cache gave."),
      remote_hits: z.number().describe("Those of `cache_hits` that came from `[cache] remote`."),
      usage: usageSchema.describe("Tokens of all calls."),
      spent: z.record(z.string(), spending).describe("By module, for those that were asked for."),
      cost: costSchema,
      cost_to_date: costToDate.describe("What all builds of this project on this machine came to."),
      model: z.string().describe("The model that answered; empty before any answer."),
      batches: z.array(batch).optional().describe("Present in a build by batch."),
      budget_reached: z.boolean().describe("True when the budget stopped the build."),
      budget_refused: refusal
        .nullable()
        .describe("The call that it refused: the most it could take, and what was left."),
      diagnostics: diagnosticsSchema,
      interrupted: z.boolean().describe("True when a signal ended it; what was finished is kept."),
      duration_seconds: durationSchema,
    })
    .meta({ title: "jaunt build", description: "What a build did, module by module." }),
);
