import { existsSync, mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { execute } from "./execute.ts";
import { withTemporaryFiles } from "./temporary-files.ts";

let root: string;
beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), "jaunt-files-")));
});
afterEach(() => rmSync(root, { recursive: true }));

test("files are there while the program runs, and gone with their folders afterwards", async () => {
  mkdirSync(join(root, ".jaunt"));
  writeFileSync(join(root, ".jaunt/kept.txt"), "kept");
  const files = new Map([[".jaunt/test/deep/hello.mjs", "console.log('hello'); process.exitCode = 3;"]]);
  const context = { root, signal: new AbortController().signal, environment: {} };

  const result = await execute([process.execPath, ".jaunt/test/deep/hello.mjs"], { files }, context);

  expect(result).toMatchObject({ exitCode: 3, stdout: "hello\n" });
  expect(readdirSync(join(root, ".jaunt"))).toEqual(["kept.txt"]);
});

test("a run that is given up, even while its files are written, leaves none behind", async () => {
  const controller = new AbortController();
  const files = new Map([[".jaunt/test/endless.mjs", "setInterval(() => {}, 1000);"]]);
  const context = { root, signal: controller.signal, environment: {} };

  const running = execute([process.execPath, ".jaunt/test/endless.mjs"], { files }, context);
  controller.abort();

  expect(await running).toMatchObject({ exitCode: null });
  expect(existsSync(join(root, ".jaunt/test"))).toBe(false);
});

test("a neighbour keeps its files, and a failure leaves none behind", async () => {
  const failure = withTemporaryFiles(root, new Map([[".jaunt/test/a/one", ""]]), () => {
    mkdirSync(join(root, ".jaunt/test/b"));
    return Promise.reject(new Error("broken"));
  });

  await expect(failure).rejects.toThrow("broken");
  expect(readdirSync(join(root, ".jaunt/test"))).toEqual(["b"]);
});

test.each(["src/one.ts", ".jaunt/../src/one.ts", "../one.ts", "/one.ts", ".jaunt"])("%s is refused", async (path) => {
  await expect(withTemporaryFiles(root, new Map([[path, ""]]), () => Promise.resolve())).rejects.toThrow(
    "is no place for a temporary file",
  );
  expect(readdirSync(root)).toEqual([]);
});

test("a place that cannot be written to is an error with a hint", async () => {
  writeFileSync(join(root, ".jaunt"), "a file");
  await expect(withTemporaryFiles(root, new Map([[".jaunt/one", ""]]), () => Promise.resolve())).rejects.toMatchObject({
    code: "temporary-file",
    exitCode: 2,
  });
});
