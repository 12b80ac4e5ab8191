import { expect, test } from "vitest";
import { causeText } from "./cause-text.ts";

test("tells the chain of causes, outermost first", () => {
  const refused = new Error("connect ECONNREFUSED 127.0.0.1:9");
  const error = new Error("No answer.", { cause: new TypeError("fetch failed", { cause: refused }) });
  expect(causeText(error)).toBe("fetch failed: connect ECONNREFUSED 127.0.0.1:9");
});

test("does not repeat what was said already", () => {
  const error = new Error("Cannot read jaunt.toml: EISDIR", { cause: new Error("EISDIR") });
  expect(causeText(error)).toBeUndefined();
  expect(causeText(new Error("alone"))).toBeUndefined();
  expect(causeText(undefined)).toBeUndefined();
});

test("takes the first of several causes", () => {
  const cause = new AggregateError([new Error("::1 refused"), new Error("127.0.0.1 refused")], "all refused");
  expect(causeText(new Error("No answer.", { cause }))).toBe("all refused: ::1 refused");
});

test("takes keys out, those of no known form too", () => {
  const cause = new Error("401 for Bearer abcdef123456 and quite-ordinary");
  expect(causeText(new Error("Refused.", { cause }), ["quite-ordinary"])).toBe("401 for [redacted] and [redacted]");
});

test("ends for errors that cause each other, and is no longer than a screen", () => {
  const one = new Error("one");
  const two = new Error("x".repeat(5000), { cause: one });
  one.cause = two;
  expect(causeText(one)).toHaveLength(1000);
});
