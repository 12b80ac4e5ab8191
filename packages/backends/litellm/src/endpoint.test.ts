import { expect, test } from "vitest";
import { parseEndpoint } from "./endpoint.ts";

test.each([
  ["", "http://localhost:4000/v1/chat/completions"],
  ["http://localhost:11434", "http://localhost:11434/v1/chat/completions"],
  ["http://localhost:11434/", "http://localhost:11434/v1/chat/completions"],
  ["http://localhost:11434/v1", "http://localhost:11434/v1/chat/completions"],
  ["http://localhost:11434/v1/", "http://localhost:11434/v1/chat/completions"],
  ["https://openrouter.ai/api", "https://openrouter.ai/api/v1/chat/completions"],
  ["https://openrouter.ai/api/v1", "https://openrouter.ai/api/v1/chat/completions"],
  ["https://example.com/v1/chat/completions", "https://example.com/v1/chat/completions"],
  ["https://example.com/v1beta/openai", "https://example.com/v1beta/openai/chat/completions"],
  [
    "https://example.com/openai/v1?api-version=preview",
    "https://example.com/openai/v1/chat/completions?api-version=preview",
  ],
])("%j leads to %s", (baseUrl, expected) => {
  expect(parseEndpoint(baseUrl).completions.href).toBe(expected);
});

test("the models are beside the completions, and messages leave out the query", () => {
  const endpoint = parseEndpoint("https://example.com/openai/v1?key=secret");

  expect(endpoint.models.pathname).toBe("/openai/v1/models");
  expect(endpoint.shown).toBe("https://example.com/openai/v1");
});
