import { expect, test } from "vitest";
import { declare, declareValue, member, module, spec } from "../graph/project.test.helper.ts";
import { describeContext, describeContract } from "./describe-contract.ts";

const types = [{ name: "src/types.ts#Email", digest: "0123456789abcdef0123" }];
const parse = spec("parse", [], {
  signature: "parse(raw: string): Email",
  doc: "Reads.\nAll of it.",
  prompts: ["Be quick."],
});

test("a contract reads as signature, doc, prompts and types", () => {
  expect(describeContract(parse, types).text.split("\n")).toEqual([
    "parse(raw: string): Email",
    "Reads.",
    "All of it.",
    "@prompt Be quick.",
    "type src/types.ts#Email 0123456789abcdef",
  ]);
});

test.each([
  ["doc", { doc: "Reads it." }, true],
  ["prompts", { prompts: [] }, true],
  ["form", { form: "magic" }, true],
  ["signature", { signatureDigest: "other" }, false],
  ["kind", { kind: "const" }, false],
] as const)("another %s: %o keeps the shape: %s", (_name, overrides, same) => {
  const { shape } = describeContract({ ...parse, ...overrides }, types);
  expect(shape === describeContract(parse, types).shape).toBe(same);
});

test("another type is another shape", () => {
  const other = [{ name: "src/types.ts#Email", digest: "fedcba9876543210fedc" }];
  expect(describeContract(parse, other).shape).not.toBe(describeContract(parse, types).shape);
});

const lru = spec("Lru", [], {
  kind: "class",
  signature: "class Lru {\n  get(key: string): number;\n}",
  members: [
    member("get", { doc: "Looks." }),
    member("#size", { visibility: "private", signatureDigest: "aaaabbbbccccddddeeee" }),
  ],
});

test("a doc of a member changes the words of a class, not its shape", () => {
  const reworded = {
    ...lru,
    signatureDigest: "other",
    members: [member("get", { doc: "Finds.", signatureDigest: "x" })],
  };
  expect(describeContract(reworded, []).shape).toBe(describeContract(lru, []).shape);
  expect(describeContract(reworded, []).text).toContain("get: Finds.");
  const changed = { ...lru, signature: lru.signature.replace("number", "string") };
  expect(describeContract(changed, []).shape).not.toBe(describeContract(lru, []).shape);
});

test("private members are only the module's own", () => {
  expect(describeContract(lru, []).text).not.toContain("#size");
  expect(describeContract(lru, [], { own: true }).text).toContain("private #size aaaabbbbccccdddd");
});

test("a context reads as its imports, declarations and kept code; what is a set is sorted", () => {
  const { text } = describeContext(
    module("src/a", [spec("f", [], { keptDigest: "1111222233334444ffff" })], {
      imports: ["z from ./z.js", "a < b from ./a.js", "magic from @jaunt/spec"],
      declarations: [declareValue("limit"), declare("Shape")],
    }),
  );
  expect(text.replaceAll(/[0-9a-f]{16}/g, "…").split("\n")).toEqual([
    'import b as a from "./a.js"',
    'import z from "./z.js"',
    "exported type Shape …",
    "exported value limit …",
    "kept code of f …",
  ]);
});
