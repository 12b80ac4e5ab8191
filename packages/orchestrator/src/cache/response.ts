import type { GenerateResponse, Usage } from "@jaunt/core";

/** The reply that a stored text holds; undefined when it holds none. What is stored is untrusted: only known fields are taken over. */
export function parseResponse(stored: string): GenerateResponse | undefined {
  let value: unknown;
  try {
    value = JSON.parse(stored);
  } catch {
    return undefined;
  }
  if (typeof value !== "object" || value === null) return undefined;
  const { text, channel, finish, finishDetail, usage, model } = value as Partial<
    Record<keyof GenerateResponse, unknown>
  >;
  const figures = parseUsage(usage);
  if (typeof text !== "string" || typeof model !== "string" || figures === undefined) return undefined;
  if (channel !== "text" && channel !== "source") return undefined;
  if (finish !== "stop" && finish !== "length" && finish !== "refusal") return undefined;
  return {
    text,
    channel,
    finish,
    ...(typeof finishDetail === "string" ? { finishDetail } : {}),
    usage: figures,
    model,
  };
}

function parseUsage(value: unknown): Usage | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  const { input, cacheRead, cacheWrite, output, reasoning, estimated } = value as Partial<Record<keyof Usage, unknown>>;
  if (!isCount(input) || !isCount(cacheRead) || !isCount(cacheWrite) || !isCount(output) || !isCount(reasoning))
    return undefined;
  return { input, cacheRead, cacheWrite, output, reasoning, ...(estimated === true ? { estimated } : {}) };
}

function isCount(value: unknown): value is number {
  return typeof value === "number" && value >= 0;
}
