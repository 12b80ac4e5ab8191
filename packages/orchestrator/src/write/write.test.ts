import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { atomicWrite } from "./atomic-write.ts";
import { backUp } from "./back-up.ts";
import { readFailure, writeFailure } from "./failure-report.ts";
import { safePath } from "./safe-path.ts";
import { writeError } from "./write-error.ts";

let base: string;
let root: string;
beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), "jaunt-write-"));
  root = join(base, "project");
  mkdirSync(root);
});
afterEach(() => rmSync(base, { recursive: true, force: true }));

test("a file is written with its folders, and nothing else stays behind", () => {
  expect(atomicWrite(root, "src/deep/a.ts", "one\n")).toBe(true);
  expect(readFileSync(join(root, "src/deep/a.ts"), "utf8")).toBe("one\n");
  expect(readdirSync(join(root, "src/deep"))).toEqual(["a.ts"]);
});

test("equal bytes are not written again", () => {
  atomicWrite(root, "a.ts", "one\n");
  const before = statSync(join(root, "a.ts"), { bigint: true });
  expect(atomicWrite(root, "a.ts", "one\n")).toBe(false);
  const after = statSync(join(root, "a.ts"), { bigint: true });
  expect([after.mtimeNs, after.ino]).toEqual([before.mtimeNs, before.ino]);
  expect(atomicWrite(root, "a.ts", "two\n")).toBe(true);
});

test.each(["../a.ts", "src/../../a.ts", "/etc/a.ts"])("%s does not leave the project", (path) => {
  expect(() => atomicWrite(root, path, "x")).toThrow(
    expect.objectContaining({ code: "write-outside-project" }) as Error,
  );
  expect(existsSync(join(base, "a.ts"))).toBe(false);
});

test("symbolic links of folders do not lead out, and a linked file is not written through", () => {
  const outside = join(base, "outside");
  mkdirSync(outside);
  symlinkSync(outside, join(root, "src"), "junction");
  expect(() => atomicWrite(root, "src/a.ts", "x")).toThrow("leads out of the project");
  expect(() => atomicWrite(root, "src/deep/a.ts", "x")).toThrow("leads out of the project");
  expect(readdirSync(outside)).toEqual([]);
  writeFileSync(join(outside, "b.ts"), "theirs");
  symlinkSync(join(outside, "b.ts"), join(root, "b.ts"));
  expect(() => atomicWrite(root, "b.ts", "x")).toThrow("it is a symbolic link");
  expect(readFileSync(join(outside, "b.ts"), "utf8")).toBe("theirs");
});

test("a link to a folder inside the project, and a project that is itself linked, are fine", () => {
  mkdirSync(join(root, "real"));
  symlinkSync(join(root, "real"), join(root, "linked"), "junction");
  expect(atomicWrite(root, "linked/a.ts", "x")).toBe(true);
  symlinkSync(root, join(base, "alias"), "junction");
  expect(atomicWrite(join(base, "alias"), "c.ts", "x")).toBe(true);
});

test.skipIf(process.getuid?.() === 0)("a folder that is closed gives what, why and what to do", () => {
  mkdirSync(join(root, "closed"));
  chmodSync(join(root, "closed"), 0o555);
  expect(() => atomicWrite(root, "closed/a.ts", "x")).toThrow(
    expect.objectContaining({ code: "write-eacces", hint: expect.stringContaining("writable") as string }) as Error,
  );
});

test("a file where a folder should be gives what, why and what to do", () => {
  writeFileSync(join(root, "src"), "");
  expect(() => atomicWrite(root, "src/a.ts", "x")).toThrow(/^Cannot write src\/a.ts: .*/);
});

test.each([
  ["ENOSPC", "the disk is full"],
  ["EROFS", "read-only"],
  ["EACCES", "permission was denied"],
  ["ESTRANGE", "odd"],
])("%s is explained", (code, why) => {
  const error = writeError(Object.assign(new Error("odd"), { code }), "src/a.ts");
  expect(error.message).toContain(why);
  expect(error.hint).not.toBe("");
});

test.each([
  ["src/email", "src/email"],
  ["src/con", "src/%63on"],
  ["src/aux.test", "src/%61ux.test"],
  ["src/a:b?", "src/a%3Ab%3F"],
  ["src/end.", "src/end%2E"],
  ["src/100%", "src/100%25"],
])("%s is %s on every file system", (path, safe) => {
  expect(safePath(path)).toBe(safe);
});

test("a backup keeps every content once", () => {
  atomicWrite(root, "src/__generated__/a.ts", "one");
  const first = backUp(root, "src/__generated__/a.ts");
  atomicWrite(root, "src/__generated__/a.ts", "two");
  const second = backUp(root, "src/__generated__/a.ts");
  expect([first, second].map((copy) => readFileSync(join(root, copy ?? ""), "utf8"))).toEqual(["one", "two"]);
  expect(backUp(root, "src/__generated__/a.ts")).toBe(second);
  expect(backUp(root, "absent.ts")).toBeUndefined();
});

test("a failure file is read back, whatever its texts hold", () => {
  const module = {
    id: "src/a",
    path: "src/a.jaunt.ts",
    language: "typescript",
    role: "build",
    specs: [],
    outline: { imports: [], reexports: [], declarations: [] },
  } as const;
  const message = "It --> ends\nhere -->";
  const path = writeFailure(root, {
    source: { module, text: "text" },
    digest: "d",
    message,
    attempts: 1,
    diagnostics: [],
    rejections: [],
    candidate: "x",
    prompt: undefined,
  });
  expect(path).toBe(".jaunt/failed/src/a.md");
  expect(readFailure(readFileSync(join(root, path), "utf8"))).toEqual({
    module: "src/a",
    digest: "d",
    detail: message,
  });
  expect(readFailure("# notes\n")).toBeUndefined();
});
