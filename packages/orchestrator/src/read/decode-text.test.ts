import { expect, test } from "vitest";
import { decodeText } from "./decode-text.ts";

test("UTF-8 is decoded, and a byte order mark is dropped", () => {
  expect(decodeText(Buffer.from("a\r\né😀"))).toEqual({ text: "a\r\né😀" });
  expect(decodeText(Buffer.from("\uFEFFa"))).toEqual({ text: "a" });
  expect(decodeText(Buffer.alloc(0))).toEqual({ text: "" });
});

test.each([
  ["Latin-1", Buffer.from([0x61, 0x0a, 0x62, 0x0a, 0xe9, 0x0a]), "file/invalid-utf8", 3],
  ["a cut-off character at the end", Buffer.from([0x61, 0x0a, 0xc3]), "file/invalid-utf8", 2],
  ["UTF-16, little end first", Buffer.from("\uFEFFab", "utf16le"), "file/utf-16", 1],
  ["UTF-16, big end first", Buffer.from([0xfe, 0xff, 0x00, 0x61]), "file/utf-16", 1],
])("%s is refused at its line", (_name, bytes, code, line) => {
  expect(decodeText(bytes)).toMatchObject({ code, line });
});
