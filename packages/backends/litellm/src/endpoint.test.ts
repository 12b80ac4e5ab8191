import { JauntError } from "@jaunt/core";
import { expect, test } from "vitest";
import { leadsToLoopback, parseEndpoint } from "./endpoint.ts";

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

test.each(["localhost:4000", "nonsense", "ftp://example.com", "file:///etc/passwd"])(
  "%j is refused with an example",
  (baseUrl) => {
    expect(() => parseEndpoint(baseUrl)).toThrow(expect.objectContaining({ code: "backend-base-url", exitCode: 2 }));
  },
);

test("a password in the URL is refused and not repeated", () => {
  const error = thrownBy(() => parseEndpoint("https://ann:hunter2@example.com/v1"));

  expect(error).toBeInstanceOf(JauntError);
  expect(String(error)).toContain("example.com");
  expect(String(error)).not.toContain("hunter2");
});

test.each([
  ["", true],
  ["http://localhost:1234/v1", true],
  ["http://127.8.9.1:1234", true],
  ["http://[::1]:1234", true],
  ["http://proxy.localhost", true],
  ["https://api.example.com", false],
  ["http://localhost.example.com", false],
  ["http://127.0.0.1.example.com", false],
  ["nonsense", false],
])("%j is on this machine: %s", (baseUrl, expected) => {
  expect(leadsToLoopback(baseUrl)).toBe(expected);
});

function thrownBy(action: () => unknown): unknown {
  try {
    return action();
  } catch (error) {
    return error;
  }
}
