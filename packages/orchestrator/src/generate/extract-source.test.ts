import type { GenerateResponse } from "@jaunt/core";
import { expect, test } from "vitest";
import { extractSource, type ExtractedSource } from "./extract-source.ts";

const source = "export const a: number = 1;\n";
const fence = `\`\`\`ts\n${source}\`\`\``;

test.each([
  ["one fence", fence],
  ["prose around one fence", `Here you are:\n\n${fence}\n\nIt counts to one.`],
  ["an unnamed fence", fence.replace("ts", "")],
  ["a fence with words behind its language", fence.replace("ts", 'typescript title="a.ts"')],
  ["a tilde fence", fence.replaceAll("```", "~~~")],
  ["CRLF", fence.replaceAll("\n", "\r\n")],
  ["code without a fence", source],
  ["an empty fence beside the real one", `\`\`\`\n\n\`\`\`\n${fence}`],
  ["a byte order mark and a no-break space", `\uFEFF\u00A0\n${source}`],
  ["a fence in a list", `1. Here:\n\n    ${fence.replaceAll("\n", "\n    ")}`],
  ["a fence of the nearest kin", fence.replace("ts", "javascript")],
  ["blocks of other languages beside it", `\`\`\`bash\nnpm i ms\n\`\`\`\n${fence}\n\`\`\`json\n{}\n\`\`\``],
  ["an example of its use behind it", `${fence}\nUse it so:\n\`\`\`ts\nconsole.log(a);\n\`\`\``],
  [
    "an example of its use and its output before it",
    `\`\`\`ts\nconsole.log(a)\n\`\`\`\n\`\`\`\n> 1 !\n\`\`\`\n${fence}`,
  ],
  ["thoughts, with a fence in them", `<think>\nPerhaps \`\`\`ts\nexport const a = 2;\n\`\`\`\n</think>\n\n${fence}`],
  ["thoughts whose first tag a template left out", `I need a.\n</think>\n${source}`],
  ["a tag around code", `<code>\n${source}</code>`],
  ["a tag around a fence", `<details>\n\n${fence}\n</details>`],
])("%s is accepted", (_name, text) => {
  expect(extract(text)).toEqual({ source, needs: [], diagnostics: [] });
});

const other = fence.replace("= 1", "= 2");

test.each([
  ["two that declare it", `${fence}\n${other}`],
  ["one that declares it and one that is broken", `${fence}\n\`\`\`ts\nexport const a = {\n\`\`\``],
  ["none that declares it", "```ts\nf();\n```\n```ts\ng();\n```"],
])("between several blocks nothing is guessed: %s", (_name, text) => {
  expect(extract(text)).toMatchObject({ source: "", diagnostics: [{ code: "reply/several-fences" }] });
});

test("a source in two halves is no source", () => {
  const halves = "```ts\nexport const a = 1;\n```\n```ts\nexport const b = 2;\n```";

  expect(extract(halves, ["a", "b"]).diagnostics).toMatchObject([{ code: "reply/several-fences" }]);
  expect(extract(halves, ["a"]).source).toBe("export const a = 1;\n");
});

test("without a target that can tell, several blocks are a problem", () => {
  const text = `${fence}\n\`\`\`ts\nconsole.log(a);\n\`\`\``;

  expect(extractSource(reply(text), "r.ts", { names: ["a"] }).diagnostics).toMatchObject([
    { code: "reply/several-fences" },
  ]);
});

test("an indented fence takes its own indentation off, and no more", () => {
  expect(extract("  ```ts\n  export const a = `\n    x\n y`;\n  ```").source).toBe("export const a = `\n  x\ny`;\n");
});

test("a deeper fence within a block is part of it", () => {
  const doc = "export const a = `\n    ```\n`;\n";
  expect(extract(`\`\`\`ts\n${doc}\`\`\``).source).toBe(doc);
});

test("a longer fence may hold shorter ones", () => {
  const doc = "/**\n * ```ts\n * a\n * ```\n */\n";
  expect(extract(`\`\`\`\`ts\n${doc}${source}\`\`\`\``).source).toBe(doc + source);
});

test("a doc comment's own fence, which starts with an asterisk, closes nothing", () => {
  const doc = "/**\n * ```\n * a\n * ```\n */\n";
  expect(extract(`\`\`\`ts\n${doc}${source}\`\`\``).source).toBe(doc + source);
});

test.each([
  ["nothing", "  \n", "reply/empty"],
  ["an empty fence", "```ts\n```", "reply/empty"],
  ["prose alone", "I cannot do that.", "reply/no-code"],
  ["several fences", `${fence}\n${fence}`, "reply/several-fences"],
  ["thoughts without an answer", "<think>\nPerhaps …\n", "reply/unclosed-thought"],
  ["a fence without an end", fence.slice(0, -4), "reply/unclosed-fence"],
  ["another language", fence.replace("ts", "python"), "reply/wrong-language"],
])("%s is a problem", (_name, text, code) => {
  const { source: extracted, diagnostics } = extract(text);
  expect(extracted).toBe("");
  expect(diagnostics).toMatchObject([{ code, severity: "error", file: "r.ts" }]);
});

test("a channel that carries source is taken as it is", () => {
  expect(extractSource({ ...reply("const f = '```';"), channel: "source" }, "r.ts", { names: [] }).source).toBe(
    "const f = '```';\n",
  );
});

test("what the model misses is taken out of the source", () => {
  const text = `\`\`\`ts\n// jaunt:needs slugify: titles must become paths\n${source}\`\`\``;
  expect(extract(text)).toMatchObject({ source, needs: ["slugify: titles must become paths"] });
});

/** With a target that reads `const` alone, and takes braces that do not match for a syntax error. */
function extract(text: string, names: readonly string[] = ["a"]): ExtractedSource {
  return extractSource(reply(text), "r.ts", {
    names,
    declares: (code) =>
      /\{\s*$|^>/.test(code) ? undefined : [...code.matchAll(/\bconst (\w+)/g)].map(([, name = ""]) => name),
  });
}

function reply(text: string): GenerateResponse {
  const usage = { input: 0, cacheRead: 0, cacheWrite: 0, output: 0, reasoning: 0 };
  return { text, channel: "text", finish: "stop", usage, model: "m" };
}
