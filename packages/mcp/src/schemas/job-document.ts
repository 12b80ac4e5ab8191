import {
  buildReportSchema,
  diagnosticsSchema,
  errorReportSchema,
  schemaOf,
  testReportSchema,
} from "@jaunt/orchestrator/schemas";
import { z } from "zod";
import type { JobDocument } from "../jobs/describe-job.ts";

const verdict = z.strictObject({
  module: z.string(),
  attempt: z.number(),
  accepted: z.boolean(),
  diagnostics: diagnosticsSchema.describe("What the checks said."),
});

const pending = z.strictObject({
  module: z.string(),
  attempt: z.number().describe("From 1; the prompt of a later one holds the errors of those before."),
  prompt: z.string(),
});

/** What the tools of the MCP server answer of a job. */
export const jobDocumentSchema: z.ZodType<JobDocument> = schemaOf<JobDocument>()(
  z
    .strictObject({
      schema: z.literal("jaunt.job/1"),
      command: z.literal("job"),
      job: z.string().describe("Its id."),
      state: z.enum(["running", "done", "failed", "cancelled"]),
      mode: z
        .enum(["model", "delegate"])
        .describe("Who writes the code: the configured model, or the agent that asks."),
      elapsed_seconds: z.number(),
      done: z.number().describe("Modules that ended."),
      total: z.number().describe("Modules to be built; 0 until it is planned."),
      running: z.array(z.string()).describe("Modules that are being built."),
      verdict: verdict.optional().describe("What became of the source that was just submitted."),
      instructions: z.string().optional().describe("Rules for every source; present when prompts are pending."),
      pending: z.array(pending).optional().describe("Prompts that wait for a source."),
      report: z.union([buildReportSchema, testReportSchema]).optional().describe("What it ended with."),
      error: errorReportSchema.optional().describe("What stopped it."),
      next: z.string().nullable().describe("The tool to call next, with its input; null when the job ended."),
    })
    .meta({
      title: "jaunt_job",
      description: "A build or test run of the [MCP server](mcp.md) that goes on after the call that started it.",
    }),
);
