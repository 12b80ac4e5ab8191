export { apiKeyOf } from "./api-key.ts";
export { leadsToLoopback, parseBaseUrl, versionedPath } from "./base-url.ts";
export { runCall, type Answer, type Call, type Exchange } from "./call.ts";
export { createDeadline, type Deadline, type DeadlineOptions } from "./deadline.ts";
export { estimateUsage } from "./estimate-usage.ts";
export { asCount, asList, asObject, asText, parseJson } from "./json.ts";
export { listModels, type ModelList } from "./list-models.ts";
export { redact } from "./redact.ts";
export { requestOf, type SendOptions } from "./request-of.ts";
