import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Target } from "@jaunt/core";
import { formatHeader } from "@jaunt/core/header";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createToyLanguage } from "../__fixtures__/toy-language.ts";
import { openLedger } from "../cache/file-ledger.ts";
import { bodyBytes, bodyDigest, readGenerated } from "./read-generated.ts";

const written = "fn double(number) = 2\n";
const reformatted = "   fn double(number) = 2\n\n";
const edited = "fn double(number) = 3\n";
let root = "";
let target: Target;
let looks = 0;
beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), "jaunt-read-"));
  const made = await createToyLanguage().language.createTarget({} as never);
  looks = 0;
  target = {
    ...made,
    tokens(text, path) {
      looks += 1;
      return made.tokens(text, path);
    },
  };
});
afterEach(() => rmSync(root, { recursive: true }));

test("bytes that nobody touched are not taken apart", () => {
  expect(read(written)).toEqual({ digest: tokensOf(written), looks: 0 });
});

test("a formatter's work is looked at, and changes nothing", () => {
  expect(read(reformatted)).toEqual({ digest: tokensOf(written), looks: 1 });
});

test("an edit is seen", () => {
  expect(read(edited)).toEqual({ digest: tokensOf(edited), looks: 1 });
  expect(tokensOf(edited)).not.toBe(tokensOf(written));
});

test("without the digest of bytes, as in files of an earlier version, tokens decide", () => {
  expect(read(edited, {})).toEqual({ digest: tokensOf(edited), looks: 1 });
});

/** What is found of a file whose header was written for `written`. */
function read(
  body: string,
  bytes: { readonly bodyBytes?: string } = { bodyBytes: bodyBytes(written) },
): { readonly digest: string | undefined; readonly looks: number } {
  const header = formatHeader(
    {
      toolVersion: "1",
      kind: "build",
      sourceModule: "a",
      sourcePath: "a.toy",
      moduleDigest: "0".repeat(64),
      bodyDigest: tokensOf(written),
      ...bytes,
      specRefs: [],
    },
    target.lineComment,
  );
  writeFileSync(join(root, "a.out"), header + body);
  looks = 0;
  const found = readGenerated("a.out", target, openLedger(root, undefined), {
    get: () => undefined,
  });
  return { digest: found?.file.bodyDigest, looks };
}

function tokensOf(body: string): string {
  return bodyDigest(body, "a.out", target);
}
