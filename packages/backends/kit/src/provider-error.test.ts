import { expect, test } from "vitest";
import { classifyError, isContentRefusal, readErrorValue, readProviderError } from "./provider-error.ts";

const context = { endpoint: "http://localhost:4000/v1", model: "gpt-x", keyVariables: ["ACME_API_KEY", "OTHER_KEY"] };

test.each([
  [401, '{"error":{"message":"Incorrect API key"}}', "auth"],
  [403, '{"error":{"message":"Region not supported"}}', "auth"],
  [402, '{"error":{"message":"Insufficient credits"}}', "quota"],
  [429, '{"error":{"message":"Slow down","code":"rate_limit_exceeded"}}', "rate-limit"],
  [429, '{"error":{"message":"Too many tokens per minute"}}', "rate-limit"],
  [429, '{"error":{"message":"You exceeded your current quota","type":"insufficient_quota"}}', "quota"],
  [400, '{"error":{"message":"Your credit balance is too low"}}', "quota"],
  [
    403,
    '{"error":{"type":"permission_error","message":"no","details":{"error_code":"enforced_spend_limit_reached"}}}',
    "quota",
  ],
  [400, '{"error":{"message":"ExceededBudget: team over budget","type":"budget_exceeded"}}', "quota"],
  [400, '{"error":{"message":"Too long","code":"context_length_exceeded"}}', "context-overflow"],
  [400, '{"error":{"message":"This model\'s maximum context length is 8192 tokens."}}', "context-overflow"],
  [400, '{"error":{"message":"litellm.ContextWindowExceededError: prompt is too long"}}', "context-overflow"],
  [
    400,
    '{"error":{"message":"the request exceeds the available context size, try increasing it"}}',
    "context-overflow",
  ],
  [413, "Payload too large", "context-overflow"],
  [400, '{"error":{"message":"Invalid value"}}', "bad-request"],
  [404, '{"error":{"message":"The model does not exist","code":"model_not_found"}}', "bad-request"],
  [422, '{"detail":[{"loc":["body"],"msg":"field required"}]}', "bad-request"],
  [307, "a redirect to http://elsewhere", "bad-request"],
  [408, "", "timeout"],
  [504, "<html><title>Gateway timeout</title></html>", "timeout"],
  [409, "", "server"],
  [500, "{}", "server"],
  [502, "<html>", "server"],
  [503, '{"error":{"message":"Overloaded"}}', "overloaded"],
  [529, "", "overloaded"],
  [200, '{"error":{"message":"upstream","code":429}}', "rate-limit"],
  [200, '{"error":{"message":"upstream","code":"503"}}', "overloaded"],
  [200, '{"error":{"message":"upstream","type":"authentication_error"}}', "auth"],
  [200, '{"error":{"message":"upstream","type":"overloaded_error"}}', "overloaded"],
  [200, '{"error":{"message":"upstream","type":"invalid_request_error"}}', "bad-request"],
  [200, '{"error":{"message":"something broke"}}', "server"],
])("%i %s is %s", (status, body, kind) => {
  expect(classifyError(readProviderError(status, body, same), context).kind).toBe(kind);
});

test.each([
  ['{"error":{"message":"one"}}', "one"],
  ['{"error":"two"}', "two"],
  ['{"detail":"three"}', "three"],
  ['{"detail":[{"msg":"four"}]}', "four"],
  ['{"message":"five"}', "five"],
  ['[{"error":{"message":"six"}}]', "six"],
  ["<!doctype html>\n<title> Seven </title><p>…", "a page of HTML, “Seven”"],
  ["eight\n\n  and   more", "eight and more"],
  ['{"strange":9}', '{"strange":9}'],
])("the message of %s is found", (body, message) => {
  expect(readProviderError(500, body, same).message).toBe(message);
});

test("a long message is cut", () => {
  expect(readProviderError(500, "x".repeat(100_000), same).message).toHaveLength(501);
});

test("keys are taken out before anything else is done with the text", () => {
  const clean = (text: string): string => text.replaceAll("secret", "…");
  const error = classifyError(readErrorValue(401, { error: { message: "Bad key secret" } }, clean), context);

  expect(error.message).toBe("http://localhost:4000/v1 answered 401: Bad key …");
});

test("the wait travels along, and hints say which setting to look at", () => {
  const limited = classifyError(readProviderError(429, "", same), { ...context, retryAfterMs: 7_000 });
  const lost = classifyError(readProviderError(404, "", same), context);

  expect(limited).toMatchObject({
    status: 429,
    retryAfterMs: 7_000,
    message: "http://localhost:4000/v1 answered 429: without saying why",
  });
  expect(lost.hint).toMatch(/^Check \[llm\] model \("gpt-x"\): .*\[llm\] base_url/);
});

test.each([
  [401, "", /ACME_API_KEY or OTHER_KEY/],
  [
    400,
    '{"error":{"message":"Unsupported parameter: text.format"}}',
    /set another \[llm\] model, or \[llm\] output = "text"/,
  ],
  [400, '{"error":{"message":"The model gpt-x has been deprecated"}}', /misspelt, retired/],
  [307, "", /base_url to the address it redirects to/],
  [400, '{"error":{"message":"Invalid value"}}', undefined],
])("%i %s has a hint of its own", (status, body, hint) => {
  const said = classifyError(readProviderError(status, body, same), context).hint;
  if (hint === undefined) expect(said).toBeUndefined();
  else expect(said).toMatch(hint);
});

test("a server that forbids asking again is obeyed", () => {
  const limited = readProviderError(429, '{"error":{"message":"quota"}}', same);

  expect(classifyError(limited, context).retryable).toBe(true);
  expect(classifyError(limited, { ...context, forbidsRetry: true }).retryable).toBe(false);
});

test.each([
  ['{"error":{"code":"content_filter","message":"no"}}', true],
  ['{"error":{"message":"The response was filtered due to Azure OpenAI\'s content management policy."}}', true],
  ['{"error":{"message":"litellm.ContentPolicyViolationError"}}', true],
  ['{"error":{"code":403,"message":"flagged","metadata":{"reasons":["x"],"flagged_input":"y"}}}', true],
  ['{"error":{"message":"Invalid value"}}', false],
])("%s is a refusal of the content: %s", (body, expected) => {
  expect(isContentRefusal(readProviderError(400, body, same))).toBe(expected);
});

function same(text: string): string {
  return text;
}
