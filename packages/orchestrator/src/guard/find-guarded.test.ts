import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { formatHeader } from "@jaunt/core/header";
import { readPaths } from "@jaunt/core/paths";
import { afterEach, expect, test } from "vitest";
import { findGuarded, type GuardedFile } from "./find-guarded.ts";

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

const header = (kind: "placeholder" | "build" | "test", sourceModule: string): string =>
  formatHeader(
    {
      toolVersion: "0.1.0",
      kind,
      sourceModule,
      sourcePath: `${sourceModule}.jaunt.ts`,
      specRefs: [],
      ...(kind === "placeholder" ? {} : { moduleDigest: "0".repeat(64), bodyDigest: "0".repeat(64) }),
    },
    "//",
  );

function project(): string {
  const root = realpathSync(mkdtempSync(join(tmpdir(), "jaunt-guard-")));
  folders.push(root);
  const files = {
    "jaunt.toml": "",
    "src/email.jaunt.ts": "",
    "src/email.ts": 'export * from "./__generated__/email.js";\n',
    "src/__generated__/email.ts": `${header("build", "src/email")}export {};\n`,
    "src/__generated__/bare.ts": "export {};\n",
    "tests/email.jaunt.ts": "",
    "tests/__generated__/email.test.ts": `${header("test", "tests/email")}`,
    "old/moved.ts": header("placeholder", "src/email"),
    "docs/page.md": `Generated files look so:\n\n${header("build", "src/email")}`,
    "nested/jaunt.toml": '[paths]\ngenerated_dir = "made"\n',
    "nested/src/a.jaunt.ts": "",
  };
  for (const [path, text] of Object.entries(files)) write(root, path, text);
  return root;
}

function write(root: string, path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

const find = (root: string, path: string): GuardedFile | undefined =>
  findGuarded(join(root, path), (folder) =>
    readPaths(folder.endsWith("nested") ? '[paths]\ngenerated_dir = "made"\n' : ""),
  );

test.each<[string, Partial<GuardedFile>]>([
  ["src/__generated__/email.ts", { spec: "src/email.jaunt.ts", module: "src/email", isTest: false }],
  ["src/__generated__/bare.ts", { spec: null, module: null }],
  ["tests/__generated__/email.test.ts", { spec: "tests/email.jaunt.ts", module: "tests/email", isTest: true }],
  ["src/__generated__", { isFolder: true }],
  // By its name, where there is no file yet.
  ["tests/__generated__/examples/src/email.test.ts", { spec: "src/email.jaunt.ts", isTest: true }],
  // By its header, wherever it lies.
  ["old/moved.ts", { spec: "src/email.jaunt.ts", module: "src/email" }],
])("%s is guarded", (path, expected) => {
  const root = project();
  expect(find(root, path)).toMatchObject({ root, path, ...expected });
});

test.each([
  "src/email.ts",
  "src/email.jaunt.ts",
  "jaunt.toml",
  "docs/page.md",
  "nested/src/__generated__/a.ts",
  "none/x.ts",
])("%s is free", (path) => {
  expect(find(project(), path)).toBeUndefined();
});

test("the nearest jaunt.toml decides", () => {
  const root = project();
  expect(find(root, "nested/src/made/a.ts")).toMatchObject({ root: join(root, "nested"), spec: "src/a.jaunt.ts" });
});

test("what lies outside of any project is free", () => {
  expect(find(realpathSync(tmpdir()), "jaunt-none/src/__generated__/a.ts")).toBeUndefined();
});

test.each<[string, (root: string) => void, string]>([
  ["a link to the file", (root) => symlinkSync("src/__generated__/email.ts", join(root, "link.ts")), "link.ts"],
  [
    "a link to a link",
    (root) => {
      symlinkSync("src/__generated__/email.ts", join(root, "one.ts"));
      symlinkSync("one.ts", join(root, "link.ts"));
    },
    "link.ts",
  ],
  ["a link to the folder", (root) => symlinkSync("src/__generated__", join(root, "gen")), "gen/email.ts"],
  [
    "a new file through a link to the folder",
    (root) => symlinkSync("src/__generated__", join(root, "gen")),
    "gen/new.ts",
  ],
  ["a dangling link", (root) => symlinkSync("src/__generated__/new.ts", join(root, "link.ts")), "link.ts"],
])("%s does not lead past the guard", (_name, link, path) => {
  const root = project();
  link(root);
  expect(find(root, path)).toMatchObject({ root, path: expect.stringContaining("src/__generated__/") as string });
});

test("links in a circle are no trap", () => {
  const root = project();
  symlinkSync("b.ts", join(root, "a.ts"));
  symlinkSync("a.ts", join(root, "b.ts"));
  expect(find(root, "a.ts")).toBeUndefined();
});
