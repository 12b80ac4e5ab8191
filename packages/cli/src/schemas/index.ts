export { errorReportSchema } from "@jaunt/orchestrator/schemas";
export { documentSchemas } from "./document-schemas.ts";
export { jsonSchemaOf } from "./json-schema.ts";
export { reportSchemas } from "./report-schemas.ts";
export { eventSchema } from "./run-event.ts";
