import type { SpecSource } from "@jaunt/core";
import { expect, test } from "vitest";
import { keepable } from "../splice/keepable.ts";
import { splice } from "../splice/splice.ts";
import { compose } from "./compose.ts";
import { layoutOf, readSource } from "./project.test.helper.ts";

const layout = layoutOf();
const spec = `import { test } from "@jaunt/spec";
import { parse } from "../src/email.js";
export const sample = "a@b.c";
/** Finds. */
export function finds(): void { test(parse); }
/** Rejects. */
export declare function rejects(): Promise<void>;
`;
const reply = `import assert from "node:assert/strict";
export function finds(): void { assert.ok(parse(sample)); }

export async function rejects(): Promise<void> { await assert.rejects(async () => fails()); }

function fails(): void { parse(""); }
`;

function source(text = spec): SpecSource {
  return readSource("tests/email.jaunt.ts", text, layout);
}

function composed(text: string, body: string, testRunner: "vitest" | "node:test" = "vitest"): string {
  const artifacts = compose(source(text), body, { ...layout, testRunner });
  expect(artifacts).toMatchObject([{ kind: "test", path: "tests/__generated__/email.test.ts", once: false }]);
  return artifacts[0]?.text ?? "";
}

test("tests are handed to the runner one by one; nothing is passed on, and there is neither facade nor placeholder", () => {
  expect(composed(spec, reply)).toMatchInlineSnapshot(`
    "import assert from "node:assert/strict";
    import { test as jauntTest } from "vitest";
    import { parse } from "../../src/email.js";
    import { sample } from "../email.jaunt.js";

    /** Finds. */
    export function finds(): void { assert.ok(parse(sample)); }

    /** Rejects. */
    export async function rejects(): Promise<void> { await assert.rejects(async () => fails()); }

    function fails(): void { parse(""); }

    jauntTest("finds", () => finds());
    jauntTest("rejects", () => rejects());
    "
  `);
  expect(composed(spec, reply, "node:test")).toContain('import { test as jauntTest } from "node:test";\n');
  expect(compose(source(), null, layout)).toEqual([]);
});

test("the runner's function gets a name that nothing else has", () => {
  const taken = reply.replaceAll("fails", "jauntTest");
  expect(composed(spec, taken)).toContain('jauntTest2("finds", () => finds());');
});

test("one test can be written anew while the other stays byte for byte", () => {
  const built = composed(spec, reply);
  expect(keepable(source(), built, layout)).toEqual(["finds", "rejects"]);
  const fresh =
    'import assert from "node:assert/strict";\nexport function finds(): void { assert.equal(parse(sample), 1); }\n';
  const joined = splice(source(), built, fresh, ["rejects"], layout);
  expect(joined.diagnostics).toEqual([]);
  expect(joined.body).not.toContain("jauntTest");
  expect(composed(spec, joined.body)).toBe(built.replace("assert.ok(parse(sample))", "assert.equal(parse(sample), 1)"));
});
