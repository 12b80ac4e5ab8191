import { expect, test } from "vitest";
import { waitFor } from "./wait-for.ts";

test("it returns the first truthy value", async () => {
  let calls = 0;
  expect(await waitFor(() => ((calls += 1) > 3 ? `after ${String(calls)}` : undefined))).toBe("after 4");
});

test("it gives up and says what it waited for", async () => {
  await expect(waitFor(() => false, { what: "the moon", timeoutMs: 30 })).rejects.toThrow("Waited 30 ms for the moon.");
});
