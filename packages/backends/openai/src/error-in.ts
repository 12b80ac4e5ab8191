import { asObject } from "@jaunt/backend-kit";

/** The object that holds `error`, if any: errors come as a document, as an event of their own, and within a response that failed. */
export function errorIn(value: unknown): unknown {
  const event = asObject(value);
  if (event?.["error"]) return event;
  if (event?.["type"] === "error") return { error: event };
  const response = asObject(event?.["response"]);
  return response?.["error"] ? response : undefined;
}
