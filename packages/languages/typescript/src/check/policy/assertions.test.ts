import { expect, test } from "vitest";
import { layoutOf, readSource } from "../../compose/project.test.helper.ts";
import { conventions } from "../../layout/conventions.ts";
import { findPolicyProblems } from "../policy.ts";
import { parseReply, readReply } from "../reply.ts";

const layout = layoutOf({ dependencies: ["vitest", "zod"] });
const plain = `import { test } from "@jaunt/spec";
import { parse } from "../src/email.js";
/** Finds. */
export function finds(): void { test(parse); }
`;

/** Codes of what is wrong with a reply to a test spec. */
function breaches(reply: string, spec = plain): readonly string[] {
  const source = readSource("tests/email.jaunt.ts", spec, layout);
  const candidate = { source, body: reply, conventions: conventions(source.module, layout), layout };
  return findPolicyProblems(readReply(candidate, parseReply(candidate))).map(
    ({ code, message }) => `${code}: ${message}`,
  );
}

const strict = 'import assert from "node:assert/strict";\n';
const finds = (body: string): string => `export function finds(): void { ${body} }\n`;

test.each([
  ["itself", strict + finds("assert.equal(parse('a'), 1);")],
  ["by a named import", `import { equal } from "node:assert/strict";\n${finds("equal(parse('a'), 1);")}`],
  ["by the strict half", `import { strict as check } from "node:assert";\n${finds("check(parse('a'));")}`],
  [
    "through helpers of helpers",
    `${strict}${finds("first();")}function first(): void { second(); }\nconst second = (): void => assert.ok(parse('a'));`,
  ],
])("a test that asserts %s is fine", (_how, reply) => {
  expect(breaches(reply)).toEqual([]);
});

test.each([
  ["calls", finds("parse('a');")],
  ["imports and does not use", strict + finds("parse('a');")],
  ["hides", strict + finds("const assert = (value: unknown): unknown => value; assert(parse('a'));")],
  ["leaves to another", `${strict}${finds("parse('a');")}function unused(): void { assert.ok(true); }`],
])("a test that merely %s asserts nothing", (_what, reply) => {
  expect(breaches(reply)).toEqual(["policy/must-assert: finds asserts nothing, so nothing could make it fail."]);
});

test.each(["vitest", "node:test", "@jest/globals", "chai", "bun:test"])(
  "%s is not for tests to import",
  (specifier) => {
    const reply = `${strict}import { expect } from "${specifier}";\n${finds("assert.ok(1); expect(1);")}`;
    expect(breaches(reply)).toContain(
      `policy/no-test-runner: ${JSON.stringify(specifier)} is a test runner or asserts in its way.`,
    );
  },
);

test("a loose comparison is refused, and what the spec file brings itself is not", () => {
  expect(breaches(`import assert from "node:assert";\n${finds("assert.equal(1, '1');")}`)).toEqual([
    'policy/no-test-runner: "node:assert" compares loosely.',
  ]);
  const own = `import { expect } from "vitest";\n${plain}`;
  expect(breaches(finds("expect(parse('a')).toBe(1);"), own)).toEqual([]);
});

test("code is judged by none of this", () => {
  const source = readSource("src/email.jaunt.ts", plain.replace("../src/email.js", "./other.js"), layout);
  const rules = conventions(source.module, layout).rules.map(({ id }) => id);
  expect(rules).not.toContain("must-assert");
  expect(rules).not.toContain("no-test-runner");
});
