/** How long a server asks to wait, in milliseconds: `retry-after-ms`, or `retry-after` in seconds or as a date. */
export function readRetryAfter(headers: Headers): number | undefined {
  const milliseconds = readNumber(headers.get("retry-after-ms"));
  if (milliseconds !== undefined) return milliseconds;
  const value = headers.get("retry-after");
  const seconds = readNumber(value);
  if (seconds !== undefined) return seconds * 1_000;
  // `Date.parse` alone would take "-3" for a month.
  const until = value?.endsWith("GMT") === true ? Date.parse(value) : Number.NaN;
  if (Number.isNaN(until)) return undefined;
  // The server's own clock, when it shows it: ours may be wrong.
  const serverNow = Date.parse(headers.get("date") ?? "");
  return Math.max(0, until - (Number.isNaN(serverNow) ? Date.now() : serverNow));
}

function readNumber(value: string | null): number | undefined {
  const text = value?.trim() ?? "";
  return /^\d+(\.\d+)?$/.test(text) ? Number(text) : undefined;
}
