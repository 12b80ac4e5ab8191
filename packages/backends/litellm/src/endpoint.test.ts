import { expect, test } from "vitest";
import { parseEndpoint } from "./endpoint.ts";
import { presets } from "./presets.ts";

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
  expect(parseEndpoint(baseUrl, presets.litellm).completions("m").href).toBe(expected);
});

test("the models are beside the completions, and messages leave out the query", () => {
  const endpoint = parseEndpoint("https://example.com/openai/v1?key=secret", presets.litellm);

  expect(endpoint.models.pathname).toBe("/openai/v1/models");
  expect(endpoint.shown).toBe("https://example.com/openai/v1");
});

test.each([
  ["ollama", "http://localhost:11434/v1/chat/completions"],
  ["vllm", "http://localhost:8000/v1/chat/completions"],
  ["lmstudio", "http://localhost:1234/v1/chat/completions"],
  ["openrouter", "https://openrouter.ai/api/v1/chat/completions"],
] as const)("without base_url, %s leads to %s", (name, expected) => {
  expect(parseEndpoint("", presets[name]).completions("m").href).toBe(expected);
});

const azureHost = "https://contoso.openai.azure.com";

test.each([
  [azureHost, "/openai/v1/chat/completions"],
  [`${azureHost}/openai`, "/openai/v1/chat/completions"],
  [`${azureHost}/openai/v1/`, "/openai/v1/chat/completions"],
  [`${azureHost}/openai/v1?api-version=preview`, "/openai/v1/chat/completions?api-version=preview"],
  [`${azureHost}?api-version=2024-10-21`, "/openai/deployments/my%20gpt/chat/completions?api-version=2024-10-21"],
  [
    `${azureHost}/openai?api-version=2024-10-21`,
    "/openai/deployments/my%20gpt/chat/completions?api-version=2024-10-21",
  ],
  [
    `${azureHost}/openai/deployments/other?api-version=2024-10-21`,
    "/openai/deployments/other/chat/completions?api-version=2024-10-21",
  ],
  [
    `${azureHost}/openai/deployments/other/chat/completions?api-version=2025-01-01-preview`,
    "/openai/deployments/other/chat/completions?api-version=2025-01-01-preview",
  ],
  [
    `${azureHost}/gateway/openai?api-version=2024-10-21`,
    "/gateway/openai/deployments/my%20gpt/chat/completions?api-version=2024-10-21",
  ],
])("azure: the deployment “my gpt” at %s is asked at %s", (baseUrl, expected) => {
  expect(parseEndpoint(baseUrl, presets.azure).completions("my gpt").href).toBe(`${azureHost}${expected}`);
});

test("azure has no address of its own, and says what one looks like", () => {
  expect(() => parseEndpoint("", presets.azure)).toThrow(
    expect.objectContaining({ code: "backend-base-url", hint: "For example https://RESOURCE.openai.azure.com." }),
  );
});
