import { agentErrors } from "./agent-errors.ts";
import { backendErrors } from "./backend-errors.ts";
import type { ErrorEntry } from "./error-entry.ts";
import { projectErrors } from "./project-errors.ts";
import { providerErrors } from "./provider-errors.ts";

/** Every error code of Jaunt. docs/errors.md is made of it, and a test compares it with the sources. */
export const errorCatalog: Readonly<Record<string, ErrorEntry>> = Object.freeze({
  ...projectErrors,
  ...agentErrors,
  ...providerErrors,
  ...backendErrors,
});

/** What is known of a code. Undefined for codes of plug-ins. */
export function findErrorEntry(code: string): ErrorEntry | undefined {
  if (Object.hasOwn(errorCatalog, code)) return errorCatalog[code];
  // Systems have more reasons to refuse a write than are worth a page each.
  return code.startsWith("write-") ? errorCatalog["write-unknown"] : undefined;
}
