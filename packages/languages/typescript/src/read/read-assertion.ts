import type { SpecExample } from "@jaunt/core";
import { isBalanced } from "./split-code.ts";

/** A call and what it must come to. */
export type Assertion = Required<Pick<SpecExample, "call" | "expectation">>;

/**
 * Reads a statement that asserts by itself: `assert.equal(call, value)` and its deep and strict kin, `expect(call).toEqual(value)` and the
 * like. Undefined for assertions that say less than what a call comes to.
 */
export function readAssertion(statement: string): Assertion | undefined {
  const text = statement.replace(/^await\s+/, "");
  return readAssert(text) ?? readExpect(text);
}

function readAssert(text: string): Assertion | undefined {
  const [, method = "", inner = ""] = /^assert\.(\w+)\(([^]*)\)$/.exec(text) ?? [];
  const parts = inner === "" ? undefined : splitArguments(inner);
  const [first, second] = parts ?? [];
  if (first === undefined || (parts?.length ?? 0) > 3) return undefined;
  if (/^(?:deep)?(?:Strict)?Equal$/i.test(method) && second !== undefined) return returning(first, second);
  if (method !== "throws" && method !== "rejects") return undefined;
  const call = calledBy(first) ?? (method === "rejects" ? first : undefined);
  // What else the second argument can be (a pattern, a function, an object) says something of another kind.
  if (call === undefined || (second !== undefined && !className.test(second))) return undefined;
  return { call, expectation: { kind: method, value: second ?? "" } };
}

function readExpect(text: string): Assertion | undefined {
  const [, subject = "", how, matcher = "", given = ""] =
    /^expect\(([^]*)\)\.(?:(resolves|rejects)\.)?(to\w+)\(([^]*)\)$/.exec(text) ?? [];
  if (subject === "" || splitArguments(subject)?.length !== 1) return undefined;
  const value = given === "" ? fixedValues[matcher] : equality.test(matcher) ? given : undefined;
  if (/^toThrow(?:Error)?$/.test(matcher)) {
    const call = how === "rejects" ? (calledBy(subject) ?? subject) : how === undefined ? calledBy(subject) : undefined;
    if (call === undefined || (given !== "" && !className.test(given))) return undefined;
    return { call, expectation: { kind: how === "rejects" ? "rejects" : "throws", value: given } };
  }
  if (value === undefined || how === "rejects" || splitArguments(value)?.length !== 1) return undefined;
  return how === "resolves" ? { call: subject, expectation: { kind: "resolves", value } } : returning(subject, value);
}

function returning(call: string, value: string): Assertion {
  return { call, expectation: { kind: "returns", value } };
}

const className: RegExp = /^[A-Z][\w$]*$/;
const equality: RegExp = /^to(?:Be|Equal|StrictEqual)$/;

const fixedValues: Readonly<Record<string, string>> = {
  toBeNull: "null",
  toBeUndefined: "undefined",
  toBeNaN: "NaN",
};

/** What `() => call` calls. */
function calledBy(code: string): string | undefined {
  const [, call] = /^(?:async\s*)?\(\)\s*=>\s*([^{][^]*)$/.exec(code) ?? [];
  return call;
}

/** The arguments of a call, split at the commas between them. */
function splitArguments(text: string): readonly string[] | undefined {
  const parts: string[] = [];
  let rest = "";
  for (const piece of text.split(",")) {
    rest += rest === "" ? piece : `,${piece}`;
    if (!isBalanced(rest)) continue;
    parts.push(rest.trim());
    rest = "";
  }
  if (rest.trim() !== "") return undefined;
  return parts.at(-1) === "" ? parts.slice(0, -1) : parts;
}
