import { expect, test } from "vitest";
import { estimateUsage } from "./estimate-usage.ts";

test("an estimate counts the whole prompt and the text, and says that it is one", () => {
  const part = { name: "rules", role: "system", stability: "project", text: "x".repeat(9) } as const;
  const request = { label: "a", attempt: 1, prompt: [part, part], model: "", maxOutputTokens: 1 };

  expect(estimateUsage(request, 41)).toEqual({
    input: 5,
    cacheRead: 0,
    cacheWrite: 0,
    output: 11,
    reasoning: 0,
    estimated: true,
  });
});
