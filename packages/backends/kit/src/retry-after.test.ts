import { expect, test } from "vitest";
import { readRetryAfter } from "./retry-after.ts";

test.each<[Record<string, string>, number | undefined]>([
  [{}, undefined],
  [{ "retry-after": "7" }, 7_000],
  [{ "retry-after": "1.5" }, 1_500],
  [{ "retry-after": " 2 " }, 2_000],
  [{ "retry-after-ms": "150", "retry-after": "7" }, 150],
  [{ "retry-after": "soon" }, undefined],
  [{ "retry-after": "-3" }, undefined],
  [{ "retry-after": "" }, undefined],
  [{ "retry-after": "Fri, 21 Nov 2025 10:00:30 GMT", date: "Fri, 21 Nov 2025 10:00:00 GMT" }, 30_000],
  [{ "retry-after": "Fri, 21 Nov 2025 10:00:00 GMT" }, 0],
])("%j asks to wait %s ms", (headers, expected) => {
  expect(readRetryAfter(new Headers(headers))).toBe(expected);
});

test("a date is compared with our own clock when the server does not show its", () => {
  const inAMinute = new Date(Date.now() + 60_000).toUTCString();
  const wait = readRetryAfter(new Headers({ "retry-after": inAMinute }));

  expect(wait).toBeGreaterThan(55_000);
  expect(wait).toBeLessThanOrEqual(60_000);
});
