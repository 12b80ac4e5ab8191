import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname } from "node:path";
import { afterAll, expect, test } from "vitest";
import { digest } from "./digest/digest.ts";
import { formatHeader } from "./header/format-header.ts";

// #region example
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseConfig } from "@jaunt/core/config";
import { moduleGroups, moduleOfRef } from "@jaunt/core/graph";
import { parseGenerated, type Header } from "@jaunt/core/header";

/** What is built in a Jaunt project, in build order, and which modules need each other. */
export function describeProject(root: string): string[] {
  const config = parseConfig(readFileSync(join(root, "jaunt.toml"), "utf8"), "jaunt.toml");
  const headers: Header[] = [];
  for (const folder of config.paths.source_roots) {
    for (const file of readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })) {
      if (!file.includes(config.paths.generated_dir) || !file.endsWith(".ts")) continue;
      const parsed = parseGenerated(readFileSync(join(root, folder, file), "utf8"), "//");
      if ("header" in parsed) headers.push(parsed.header);
    }
  }
  const needs = (header: Header): string[] =>
    Object.keys(header.parts ?? {}).flatMap((part) =>
      part.startsWith("dep:") ? [moduleOfRef(part.slice("dep:".length))] : [],
    );
  const groups = moduleGroups(new Map(headers.map((header) => [header.sourceModule, needs(header)])));
  return groups.map((group) => (group.length === 1 ? group.join() : `cycle: ${group.join(" <-> ")}`));
}
// #endregion

const root: string = mkdtempSync(join(tmpdir(), "jaunt-readme-"));
afterAll(() => rmSync(root, { recursive: true, force: true }));

function write(path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

function writeModule(name: string, dependencies: readonly string[]): void {
  const header: Header = {
    toolVersion: "0.1.0",
    kind: "build",
    sourceModule: `lib/${name}`,
    sourcePath: `lib/${name}.jaunt.ts`,
    moduleDigest: digest("test", [name]),
    bodyDigest: digest("test", [name]),
    parts: Object.fromEntries([["context", "00"], ...dependencies.map((ref) => [`dep:${ref}`, "00"])]),
    specRefs: [`lib/${name}:${name}`],
  };
  write(`lib/__generated__/${name}.ts`, `${formatHeader(header, "//")}export const ${name} = 1;\n`);
}

test("the example of the README reads a project: config, headers, cycles", () => {
  write("jaunt.toml", '[paths]\nsource_roots = ["lib"]\n');
  writeModule("email", ["lib/domain:domain"]);
  writeModule("domain", []);
  writeModule("tree", ["lib/node:Node.parent"]);
  writeModule("node", ["lib/tree:Tree", "lib/email:email"]);
  write("lib/__generated__/other.ts", "export {};\n");
  write("lib/email.ts", 'export * from "./__generated__/email.js";\n');
  expect(describeProject(root)).toEqual(["lib/domain", "lib/email", "cycle: lib/node <-> lib/tree"]);
});

test("the README shows this very example", () => {
  const own = readFileSync(new URL("readme.test.ts", import.meta.url), "utf8");
  const example = /\/\/ #region example\n([^]*?)\/\/ #endregion/.exec(own)?.[1];
  expect(example).toBeTypeOf("string");
  expect(readFileSync(new URL("../README.md", import.meta.url), "utf8")).toContain(`\`\`\`ts\n${example}\`\`\``);
});
