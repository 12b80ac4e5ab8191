import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import type { Layout } from "@jaunt/core";
import { configJsonSchema, defaultConfig, parseConfig } from "@jaunt/core/config";
import { documentSchemas } from "@jaunt/cli/schemas";
import { typescriptReader } from "@jaunt/typescript";
import { runJaunt } from "@jaunt/testkit";
import { describe, expect, test } from "vitest";
import { listCommands } from "./list-commands.ts";
import { anchorsOf, withoutCode } from "./markdown-anchors.ts";

const repository = dirname(dirname(fileURLToPath(import.meta.url)));
const pages: readonly string[] = [
  "README.md",
  "AGENTS.md",
  "CHANGELOG.md",
  ...markdownIn("docs"),
  ...markdownIn("packages"),
  ...markdownIn("examples"),
  ...markdownIn("bench"),
];
const layout: Layout = {
  sourceRoots: ["src"],
  testRoots: ["tests"],
  generatedDir: "__generated__",
  testRunner: "vitest",
  settings: {},
};

describe("what the documentation shows is true", () => {
  test.each(blocks("toml"))("the configuration in $page, line $line, is accepted", ({ text }) => {
    expect(() => parseConfig(text, "jaunt.toml")).not.toThrow();
  });

  test.each(blocks("ts").filter(({ text }) => isSpec(text)))(
    "the spec in $page, line $line, can be read",
    ({ text }) => {
      const { module, diagnostics } = typescriptReader.read({ path: "src/shown.jaunt.ts", text }, layout);
      expect(diagnostics).toEqual([]);
      expect(module?.specs.length).toBeGreaterThan(0);
    },
  );

  test.each(pages)("the links of %s lead somewhere", (page) => {
    const links = [...read(page).matchAll(/\]\((?!https?:|#|mailto:)([^)#\s]+)/g)].map((match) => match[1] ?? "");
    const broken = links.filter((link) => !existsSync(resolve(repository, dirname(page), link)));
    expect(broken).toEqual([]);
  });

  test.each(pages)("the links of %s to a place in a page lead to a heading", (page) => {
    const links = [...withoutCode(read(page)).matchAll(/\]\((?!https?:|mailto:)([^)#\s]*)#([^)\s]+)\)/g)];
    const broken = links.flatMap(([, path = "", anchor = ""]) => {
      const target = path === "" ? page : join(dirname(page), path);
      return existsSync(join(repository, target)) && anchorsOf(read(target)).includes(anchor)
        ? []
        : [`${path}#${anchor}`];
    });
    expect(broken).toEqual([]);
  });

  test("docs/configuration.md names every key of jaunt.toml, and no other", () => {
    const text = read("docs/configuration.md");
    const missing = configKeys(configJsonSchema()).filter((key) => !text.includes(key));
    expect(missing).toEqual([]);
    const whole = blocks("toml").find(
      ({ page, text: block }) => page === "docs/configuration.md" && block.includes("[prompts]"),
    );
    expect(parseConfig(whole?.text ?? "", "jaunt.toml")).toEqual(defaultConfig());
  });

  test("a schema is published for every document of docs/json.md, and no other", () => {
    const names = readdirSync(join(repository, "packages/cli/schemas"));
    expect(names.sort()).toEqual(
      Object.keys(documentSchemas)
        .map((name) => `${name}.schema.json`)
        .sort(),
    );
  });

  test("docs/cli.md names every command and option that --help names", async () => {
    const commands = await listCommands(repository);
    expect(commands).toEqual(expect.arrayContaining(["build", "cache info"]));
    const text = read("docs/cli.md");
    for (const command of commands) {
      for (const word of command.split(" ")) expect(text, command).toContain(word);
      const { stdout } = await runJaunt(repository, [...command.split(" "), "--help"]);
      for (const [option] of stdout.matchAll(/--(?!help\b|version\b)[a-z-]+/g))
        expect(text.includes(option), `${command} ${option} in docs/cli.md`).toBe(true);
    }
  });

  test("the README shows the spec and the result of the quickstart as they are", () => {
    const shown = blocks("ts")
      .filter(({ page }) => page === "README.md")
      .map(({ text }) => text.trim());
    const spec = read("examples/quickstart/src/email.jaunt.ts").trim();
    const generated = read("examples/quickstart/src/__generated__/email.ts").trim();
    expect(shown).toContain(spec);
    expect(shown).toContain(generated);
  });
});

interface Block {
  readonly page: string;
  readonly line: number;
  readonly text: string;
}

function blocks(language: string): readonly Block[] {
  const pattern = new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\`$`, "gm");
  return pages.flatMap((page) => {
    const text = read(page);
    const lineAt = (offset: number): number => text.slice(0, offset).split("\n").length;
    const matches = [...text.matchAll(pattern)];
    return matches.map((match): Block => ({ page, line: lineAt(match.index), text: match[1] ?? "" }));
  });
}

/** A block that declares something for Jaunt to write, and is no import line or result. */
function isSpec(text: string): boolean {
  return /^export declare |\bmagic\(/m.test(text);
}

function configKeys(schema: object): readonly string[] {
  const { properties = {} } = schema as { readonly properties?: Readonly<Record<string, object>> };
  return Object.entries(properties).flatMap(([name, inner]) => [name, ...configKeys(inner)]);
}

function markdownIn(folder: string): readonly string[] {
  return readdirSync(join(repository, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(".md"))
    .map((entry) => relative(repository, join(entry.parentPath, entry.name)).replaceAll("\\", "/"))
    .filter((path) => !/node_modules|recordings|templates|__fixtures__|\.jaunt|dist\//.test(path));
}

function read(page: string): string {
  return readFileSync(join(repository, page), "utf8");
}
