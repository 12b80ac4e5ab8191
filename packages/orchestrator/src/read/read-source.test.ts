import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { contentHash } from "../cache/file-ledger.ts";
import { emptyModule } from "./open-languages.ts";
import { readSource } from "./read-source.ts";
import type { LoadedModule } from "./read-specs.ts";

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "jaunt-source-"));
});
afterEach(() => rmSync(root, { recursive: true }));

function loaded(text: string): LoadedModule {
  const language = {} as LoadedModule["language"];
  return {
    path: "a.toy",
    role: "build",
    module: emptyModule("a", "a.toy", "toy"),
    paths: { generated: "a.out" },
    language,
    hash: contentHash(Buffer.from(text)),
  };
}

const definedIn = { MailError: { path: "errors.toy", name: "MailError" } };
const project = { originsOf: () => definedIn };

test("the text of a spec is the one that was planned, without a byte order mark", () => {
  writeFileSync(join(root, "a.toy"), "\uFEFFtext");
  expect(readSource(root, loaded("\uFEFFtext"), project)).toMatchObject({ text: "text", definedIn });
});

test("a spec that changed since it was planned is never used with the old plan", () => {
  writeFileSync(join(root, "a.toy"), "new");
  expect(() => readSource(root, loaded("old"), project)).toThrow(
    expect.objectContaining({ code: "changed-meanwhile" }) as Error,
  );
  rmSync(join(root, "a.toy"));
  expect(() => readSource(root, loaded("old"), project)).toThrow(
    expect.objectContaining({ code: "changed-meanwhile" }) as Error,
  );
});
