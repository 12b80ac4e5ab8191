import { z } from "zod";
import type { CheckReport, CleanReport, StatusReport, SyncReport } from "../reports.ts";
import { schemaOf } from "./schema-of.ts";
import { diagnosticsSchema, durationSchema, moduleStateSchema, moduleStatesSchema, reasonsSchema } from "./shared.ts";

const moduleStatus = z.strictObject({
  status: moduleStateSchema,
  reasons: reasonsSchema,
  reason: z.string().optional().describe("The first reason as a sentence; absent for current modules."),
  digest: z.string().optional().describe("The module's digest, once it is known."),
  artifact: z.string().optional().describe("`.jaunt/failed/<module>.md`, for `failed`."),
});

/** `jaunt status --json`. */
export const statusReportSchema: z.ZodType<StatusReport> = schemaOf<StatusReport>()(
  z
    .strictObject({
      schema: z.literal("jaunt.status/1"),
      command: z.literal("status"),
      modules: z.record(z.string(), moduleStatus).describe("By module id."),
      counts: moduleStatesSchema,
      diagnostics: diagnosticsSchema,
      duration_seconds: durationSchema,
    })
    .meta({ title: "jaunt status", description: "The state of every selected module." }),
);

/** `jaunt sync --json`. */
export const syncReportSchema: z.ZodType<SyncReport> = schemaOf<SyncReport>()(
  z
    .strictObject({
      schema: z.literal("jaunt.sync/1"),
      command: z.literal("sync"),
      written: z.array(z.string()).describe("Facades and placeholders, as posix paths relative to the root."),
      unchanged: z.number().describe("Files that were there already."),
      diagnostics: diagnosticsSchema,
      duration_seconds: durationSchema,
    })
    .meta({ title: "jaunt sync", description: "Which facades and placeholders were written." }),
);

const problem = z.strictObject({
  module: z.string(),
  status: moduleStateSchema,
  message: z.string(),
  fix: z.string().describe("The command that mends it."),
});

const since = z.strictObject({
  revision: z.string().describe("As given."),
  base: z.string().describe("The commit where the branch left it."),
  changed_files: z.number(),
  everything_because: z.string().optional().describe("A changed file that concerns every module."),
});

/** `jaunt check --json`. */
export const checkReportSchema: z.ZodType<CheckReport> = schemaOf<CheckReport>()(
  z
    .strictObject({
      schema: z.literal("jaunt.check/1"),
      command: z.literal("check"),
      ok: z.boolean().describe("Whether there is no problem."),
      checked: z.number().describe("How many modules were looked at."),
      since: since.optional().describe("With --since: what it was limited to."),
      problems: z.array(problem),
      warnings: z.array(problem).describe("Modules that are merely `outdated`."),
      diagnostics: diagnosticsSchema,
      duration_seconds: durationSchema,
    })
    .meta({ title: "jaunt check", description: "Whether everything generated is current and type-checks." }),
);

/** `jaunt clean --json`. */
export const cleanReportSchema: z.ZodType<CleanReport> = schemaOf<CleanReport>()(
  z
    .strictObject({
      schema: z.literal("jaunt.clean/1"),
      command: z.literal("clean"),
      dry_run: z.boolean(),
      removed: z.array(z.string()).describe("Posix paths; in a dry run those that would be removed."),
      kept: z
        .array(z.strictObject({ path: z.string(), reason: z.string() }))
        .describe("Files that are not ours byte for byte, and why they stay."),
      duration_seconds: durationSchema,
    })
    .meta({ title: "jaunt clean", description: "Which files were removed." }),
);
