import type { GenerateResponse } from "@jaunt/core";
import { expect, test } from "vitest";
import { extractSource } from "./extract-source.ts";

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
])("%s is accepted", (_name, text) => {
  expect(extractSource(reply(text), "r.ts")).toEqual({ source, needs: [], diagnostics: [] });
});

test("a longer fence may hold shorter ones", () => {
  const doc = "/**\n * ```ts\n * a\n * ```\n */\n";
  expect(extractSource(reply(`\`\`\`\`ts\n${doc}${source}\`\`\`\``), "r.ts").source).toBe(doc + source);
});

test("a doc comment's own fence, which starts with an asterisk, closes nothing", () => {
  const doc = "/**\n * ```\n * a\n * ```\n */\n";
  expect(extractSource(reply(`\`\`\`ts\n${doc}${source}\`\`\``), "r.ts").source).toBe(doc + source);
});

test.each([
  ["nothing", "  \n", "reply/empty"],
  ["an empty fence", "```ts\n```", "reply/empty"],
  ["prose alone", "I cannot do that.", "reply/no-code"],
  ["several fences", `${fence}\n${fence}`, "reply/several-fences"],
  ["a fence without an end", fence.slice(0, -4), "reply/unclosed-fence"],
  ["another language", fence.replace("ts", "python"), "reply/wrong-language"],
])("%s is a problem", (_name, text, code) => {
  const { source: extracted, diagnostics } = extractSource(reply(text), "r.ts");
  expect(extracted).toBe("");
  expect(diagnostics).toMatchObject([{ code, severity: "error", file: "r.ts" }]);
});

test("a channel that carries source is taken as it is", () => {
  expect(extractSource({ ...reply("const f = '```';"), channel: "source" }, "r.ts").source).toBe("const f = '```';\n");
});

test("what the model misses is taken out of the source", () => {
  const text = `\`\`\`ts\n// jaunt:needs slugify: titles must become paths\n${source}\`\`\``;
  expect(extractSource(reply(text), "r.ts")).toMatchObject({ source, needs: ["slugify: titles must become paths"] });
});

function reply(text: string): GenerateResponse {
  const usage = { input: 0, cacheRead: 0, cacheWrite: 0, output: 0, reasoning: 0 };
  return { text, channel: "text", finish: "stop", usage, model: "m" };
}
