import { expect, test } from "vitest";
import { redact } from "./redact.ts";

test.each([
  ["Incorrect API key provided: my+key/1.", "Incorrect API key provided: [redacted]."],
  ["seen as my%2Bkey%2F1", "seen as [redacted]"],
  ["upstream key sk-proj-abcDEF123456 is wrong", "upstream key [redacted] is wrong"],
  ["sk-abcd********wxyz", "[redacted]"],
  ['{"Authorization":"Bearer abc.def.ghi"}', '{"Authorization":"[redacted]"}'],
  ["authorization: token-of-another-kind", "authorization: [redacted]"],
  ["x-api-key=abcdef&x=1", "x-api-key=[redacted]"],
  ["The task-list is risky.", "The task-list is risky."],
])("%s", (text, expected) => {
  expect(redact(text, "my+key/1")).toBe(expected);
});

test("without a key the rest is redacted all the same", () => {
  expect(redact("Bearer abcdefgh", undefined)).toBe("[redacted]");
  expect(redact("plain", "")).toBe("plain");
});
