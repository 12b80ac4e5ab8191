import { z } from "zod";
import type { ErrorReport } from "../error-report.ts";
import { schemaOf } from "./schema-of.ts";
import { diagnosticSchema } from "./shared.ts";

/** What every command prints in place of its report when an error stopped it. */
export const errorReportSchema: z.ZodType<ErrorReport> = schemaOf<ErrorReport>()(
  z
    .strictObject({
      schema: z.literal("jaunt.error/1"),
      command: z.string().describe("The subcommand, or `jaunt` when it is not known."),
      error: z
        .strictObject({
          code: z.string().describe("Stable; docs/errors.md explains each."),
          message: z.string().describe("What went wrong."),
          cause: z.string().nullable().describe("What lies behind it, where that is known; keys are taken out."),
          hint: z.string().describe("What to do."),
          exit_code: z
            .union([z.literal(1), z.literal(2), z.literal(3), z.literal(4), z.literal(130)])
            .describe("The exit code of the command."),
          next: z.string().nullable().describe("The exact command that helps on; null when there is none."),
          diagnostics: z.array(diagnosticSchema).optional().describe("The located problems that it stands for."),
          stack: z.string().optional().describe("Only with --debug."),
        })
        .describe("What stopped the command."),
    })
    .meta({ title: "an error", description: "What stopped a command, of whichever kind." }),
);
