import { jobDocumentSchema } from "@jaunt/mcp/schemas";
import { errorReportSchema, specInfoReportSchema } from "@jaunt/orchestrator/schemas";
import type { z } from "zod";
import { helpDocumentSchema } from "./own-reports.ts";
import { reportSchemas } from "./report-schemas.ts";
import { eventSchema } from "./run-event.ts";

/** Every kind of document of the command line and the MCP server, by the middle of its `schema`: `build` for `jaunt.build/1`. */
export const documentSchemas: Readonly<Record<string, z.ZodType>> = Object.freeze({
  ...reportSchemas,
  error: errorReportSchema,
  event: eventSchema,
  help: helpDocumentSchema,
  job: jobDocumentSchema,
  "spec-info": specInfoReportSchema,
});
