import * as fc from "fast-check";
import { expect, test } from "vitest";
import { decodeActionResult, encodeActionResult } from "./action-result.ts";

const hash = "0123456789abcdef".repeat(4);
const hashBytes = Buffer.from(hash).toString("hex");

test("an entry is what protoc makes of the same message", () => {
  // `protoc --encode=build.bazel.remote.execution.v2.ActionResult` of output_files { path digest { hash size_bytes: 300 } }.
  expect(encodeActionResult({ hash, size: 300 }).toString("hex")).toBe(
    `1253${"0a0a7265706c792e6a736f6e"}1245${`0a40${hashBytes}`}10ac02`,
  );
});

test("what was encoded is read back, whatever the size", () => {
  fc.assert(
    fc.property(fc.nat({ max: Number.MAX_SAFE_INTEGER }), (size) => {
      expect(decodeActionResult(encodeActionResult({ hash, size }))).toEqual({ hash, size });
    }),
  );
});

test("fields that a server adds are skipped, of every wire type, before and behind ours", () => {
  const execution = Buffer.from("4a0b0a093132372e302e302e31", "hex"); // execution_metadata = 9 { worker = 1 }
  const exitCode = Buffer.from("2000", "hex"); // exit_code = 4
  const fixed = Buffer.from(`fd01${"00".repeat(4)}39${"00".repeat(8)}`, "hex"); // fields 31, of four bytes, and 7, of eight
  const ours = encodeActionResult({ hash, size: 7 });
  expect(decodeActionResult(Buffer.concat([execution, exitCode, ours, fixed]))).toEqual({ hash, size: 7 });
});

test("another file among the outputs is not ours", () => {
  const other = Buffer.from("12070a05782e747874", "hex"); // output_files { path: "x.txt" }
  expect(decodeActionResult(other)).toBeUndefined();
  expect(decodeActionResult(Buffer.concat([other, encodeActionResult({ hash, size: 7 })]))).toEqual({ hash, size: 7 });
});

test.each([
  ["nothing", ""],
  ["a page", Buffer.from("<!doctype html><html><body>Sign in</body></html>").toString("hex")],
  ["JSON", Buffer.from('{"hash":"x"}').toString("hex")],
  ["a length beyond the end", "12ff7f0a"],
  ["a length near 2^64", "12ffffffffffffffffff010a"],
  ["a varint that never ends", `12${"ff".repeat(20)}`],
  ["a varint that is cut off", "1280"],
  ["a group, which nobody uses", "1314"],
])("%s is no entry", (_name, hex) => {
  expect(decodeActionResult(Buffer.from(hex, "hex"))).toBeUndefined();
});

test("a negative size is refused", () => {
  const negative = Buffer.from(`125a0a0a7265706c792e6a736f6e124c0a40${hashBytes}10${"ff".repeat(9)}01`, "hex");
  expect(decodeActionResult(negative)).toBeUndefined();
});

test("a hash that is none, and could be a path, is refused", () => {
  const evil = encodeActionResult({ hash: "../".repeat(21) + "x", size: 7 });
  expect(decodeActionResult(evil)).toBeUndefined();
});

test("an entry that is cut anywhere is refused, and no bytes at all make it throw", () => {
  const whole = encodeActionResult({ hash, size: 300 });
  for (let length = 0; length < whole.length; length += 1)
    expect(decodeActionResult(whole.subarray(0, length)), String(length)).toBeUndefined();
  fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => void decodeActionResult(bytes)));
});
