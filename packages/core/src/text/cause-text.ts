import { redact } from "./redact.ts";

const deepest = 8;
const longestText = 1000;

/**
 * What lies behind an error, outermost first and joined by colons, without what its own message says already. Keys are taken out: the given
 * ones and whatever looks like one. Undefined when nothing is to be added.
 */
export function causeText(error: unknown, keys: readonly string[] = []): string | undefined {
  const told = [messageOf(error)];
  const texts: string[] = [];
  let current = causeOf(error);
  for (let depth = 0; current !== undefined && depth < deepest; depth += 1) {
    const text = messageOf(current);
    if (text !== "" && !told.some((said) => said.includes(text))) texts.push(text);
    told.push(text);
    current = causeOf(current);
  }
  if (texts.length === 0) return undefined;
  return keys
    .reduce<string>((text, key) => redact(text, key), redact(texts.join(": "), undefined))
    .slice(0, longestText);
}

/** Of several causes, as of several addresses that were tried, the first. */
function causeOf(error: unknown): unknown {
  if (error instanceof AggregateError && error.errors.length > 0) return error.errors[0];
  const { cause } = (error ?? {}) as { readonly cause?: unknown };
  return cause ?? undefined;
}

function messageOf(error: unknown): string {
  if (typeof error === "string") return error.trim();
  const { message } = (error ?? {}) as { readonly message?: unknown };
  return typeof message === "string" ? message.trim() : "";
}
