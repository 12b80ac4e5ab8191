import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { ExecResult, TargetIo } from "@jaunt/core";
import { formatHeader } from "@jaunt/core/header";
import { findEarlierBodies } from "./earlier-bodies.ts";

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "jaunt-blame-"));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const path = "src/__generated__/a.ts";
const file = { module: "src/a", path, built: "now\n", lineComment: "//" };

test("the committed text comes first, then copies; each body once, never the one of now", async () => {
  copy("src/__generated__/a.0123456789ab.ts", generated("older\n"));
  copy("src/__generated__/a.1123456789ab.ts", generated("committed\n"));
  copy("src/__generated__/a.2123456789ab.ts", generated("now\n"));
  expect(await findEarlierBodies(file, ioOf(generated("committed\n")))).toEqual([
    { from: "git HEAD (1a2b3c4)", built: "committed\n" },
    { from: ".jaunt/backups/src/__generated__/a.0123456789ab.ts", built: "older\n" },
  ]);
});

test("copies of other files, placeholders and what has no header are none", async () => {
  copy("src/__generated__/a.b.0123456789ab.ts", generated("other\n"));
  copy("src/__generated__/a.0123456789ab.ts", "no header\n");
  copy("src/__generated__/a.1123456789ab.ts", generated("moved\n", { sourceModule: "src/b" }));
  copy("src/__generated__/a.2123456789ab.ts", generated("empty\n", { kind: "placeholder" }));
  expect(await findEarlierBodies(file, ioOf(undefined))).toEqual([]);
});

test("without git there are copies only", async () => {
  copy("src/__generated__/a.0123456789ab.ts", generated("older\n"));
  const io: TargetIo = { ...ioOf(undefined), exec: () => Promise.reject(new Error("spawn git ENOENT")) };
  expect(await findEarlierBodies(file, io)).toHaveLength(1);
});

function copy(name: string, text: string): void {
  const target = join(root, ".jaunt/backups", name);
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(target, text);
}

function generated(body: string, others: Partial<Parameters<typeof formatHeader>[0]> = {}): string {
  const digest = "0".repeat(64);
  const header = {
    toolVersion: "0.0.0",
    kind: "build",
    sourceModule: "src/a",
    sourcePath: "src/a.jaunt.ts",
    moduleDigest: digest,
    bodyDigest: digest,
    specRefs: [],
    ...others,
  } as const;
  return formatHeader(header, "//") + body;
}

function ioOf(committed: string | undefined): TargetIo {
  const result = (stdout: string): ExecResult => ({ exitCode: 0, stdout, stderr: "", timedOut: false });
  return {
    root,
    signal: new AbortController().signal,
    readText: () => undefined,
    exec: (argv) => {
      if (committed === undefined) return Promise.resolve({ ...result(""), exitCode: 128 });
      return Promise.resolve(result(argv.includes("show") ? committed : "1a2b3c4\n"));
    },
  };
}
