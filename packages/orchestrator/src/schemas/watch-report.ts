import { z } from "zod";
import type { WatchReport } from "../watch/watch-report.ts";
import { schemaOf } from "./schema-of.ts";
import { buildFailureSchema, durationSchema, fileChangeSchema, moduleList, usageSchema } from "./shared.ts";

const round = z.strictObject({
  at: z.string().describe("When it began, as ISO 8601 in UTC."),
  changes: z.array(fileChangeSchema).describe("Empty for the build at the start."),
  generated: moduleList("Modules that were generated."),
  restamped: moduleList("Modules that passed as they stand."),
  interrupted: moduleList("Modules that were stopped, because what they are built from changed or the watch ended."),
  failed: z.array(buildFailureSchema),
  written: z.array(z.string()),
  calls: z.number(),
  cache_hits: z.number(),
  usage: usageSchema,
  duration_seconds: durationSchema,
});

const totals = z.strictObject({
  rounds: z.number(),
  generated: z.number(),
  restamped: z.number(),
  failed: z.number(),
  calls: z.number(),
  cache_hits: z.number(),
  usage: usageSchema,
});

/** `jaunt watch --json`, at its end. */
export const watchReportSchema: z.ZodType<WatchReport> = schemaOf<WatchReport>()(
  z
    .strictObject({
      schema: z.literal("jaunt.watch/1"),
      command: z.literal("watch"),
      rounds: z.array(round).describe("The last 1,000."),
      totals: totals.describe("Of all rounds; modules count as often as they were built."),
      interrupted: z.boolean().describe("True when a build was running as the watch was stopped."),
      duration_seconds: durationSchema,
    })
    .meta({ title: "jaunt watch", description: "What a watch did, round by round." }),
);
