import { JauntError } from "@jaunt/core";
import { expect, test } from "vitest";
import { leadsToLoopback, parseBaseUrl, versionedPath } from "./base-url.ts";

const example = "https://api.example.com";

test.each(["localhost:4000", "nonsense", "ftp://example.com", "file:///etc/passwd"])(
  "%j is refused with an example",
  (baseUrl) => {
    expect(() => parseBaseUrl(baseUrl, example)).toThrow(
      expect.objectContaining({ code: "backend-base-url", exitCode: 2, hint: `For example ${example}.` }),
    );
  },
);

test("a password in the URL is refused and not repeated", () => {
  const error = thrownBy(() => parseBaseUrl("https://ann:hunter2@example.com/v1", example));

  expect(error).toBeInstanceOf(JauntError);
  expect(String(error)).toContain("example.com");
  expect(String(error)).not.toContain("hunter2");
});

test.each([
  ["/", "/v1"],
  ["/api/", "/api/v1"],
  ["/api/v1", "/api/v1"],
  ["/v1beta/openai", "/v1beta/openai"],
])("%s has its version at %s", (path, expected) => {
  expect(versionedPath(path)).toBe(expected);
});

test.each([
  ["http://localhost:1234/v1", true],
  ["http://127.8.9.1:1234", true],
  ["http://[::1]:1234", true],
  ["http://proxy.localhost", true],
  ["https://api.example.com", false],
  ["http://localhost.example.com", false],
  ["http://127.0.0.1.example.com", false],
  ["nonsense", false],
  ["", false],
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
