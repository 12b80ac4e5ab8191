import { durationSource as source, durationSpec as spec } from "./duration.ts";
import type { Channel, ReplyCase } from "./reply-case.ts";

/** What goes wrong in any channel, and then what goes wrong in one of them alone, as chat completions. */
export function ownCases(): readonly ReplyCase[] {
  return [...shared(), ...alone()];
}

/** The same answers by every channel. */
function shared(): readonly ReplyCase[] {
  const half = source.slice(0, source.indexOf("throw new"));
  const answers: readonly (readonly [name: string, given: string, taken: string | undefined, finish?: string])[] = [
    ["right", source, source],
    ["right, in a fence", fenced(source), source],
    ["right, with CRLF", source.replaceAll("\n", "\r\n"), source],
    ["cut off and said so", half, undefined, "length"],
    ["cut off in silence", half, undefined],
    ["complete, and cut off by its limit", source, undefined, "length"],
    ["only the inside of the function", source.slice(source.indexOf("  const match"), -3), undefined],
    ["a part left out", source.replace(/ {2}const match[^]*?\n {2}\}\n/, "  // ... rest of the code\n"), undefined],
    ["another name", source.replaceAll("parseDuration", "parse_duration"), undefined],
    ["typographic quotes", source.replaceAll('"', "”"), undefined],
    ["nothing", "", undefined],
    ["white space", " \n", undefined],
    ["a refusal in words", "I'm sorry, but I can't help with that.", undefined],
  ];
  return (["text", "tool", "json"] as const).flatMap((channel) =>
    answers.map(([name, given, taken, finish]) =>
      reply(name, channel, taken, message(channel, given, finish ?? "stop")),
    ),
  );
}

function alone(): readonly ReplyCase[] {
  const usage = fenced('import { parseDuration } from "./duration.js";\nconsole.log(parseDuration("5m"));\n');
  const json = JSON.stringify({ source });
  const texts: readonly (readonly [name: string, text: string, taken: string | undefined])[] = [
    ["prose around a fence", `Here it is:\n\n${fenced(source)}\n\nIt counts milliseconds.`, source],
    ["prose before code without a fence", `Here it is:\n\n${source}`, undefined],
    ["a tilde fence", `~~~typescript\n${source}~~~`, source],
    ["a fence without a mark", fenced(source, ""), source],
    ["a fence in a list", `1. The code:\n\n   ${fenced(source).replaceAll("\n", "\n   ")}`, source],
    ["a fence marked javascript", fenced(source, "javascript"), source],
    [
      "a longer fence around shorter ones",
      `\`\`\`\`ts\n/*\n\`\`\`\n*/\n${source}\`\`\`\``,
      `/*\n\`\`\`\n*/\n${source}`,
    ],
    ["an example of use after it", `${fenced(source)}\nUse:\n${usage}`, source],
    ["an example of use before it", `${usage}\n${fenced(source)}`, source],
    [
      "a command and a document beside it",
      `${fenced("npm i\n", "bash")}\n${fenced(source)}\n${fenced("{}\n", "json")}`,
      source,
    ],
    ["two complete answers", `${fenced(source.replace("60_000", "6_000"))}\nBetter:\n${fenced(source)}`, undefined],
    [
      "two halves",
      `${fenced(source.slice(0, source.indexOf("const")))}\n${fenced(source.slice(source.indexOf("const")))}`,
      undefined,
    ],
    [
      "thoughts with a fence in them",
      `<think>\n${fenced("export function parseDuration() {}\n")}\n</think>\n${fenced(source)}`,
      source,
    ],
    ["thoughts that never end", "<think>\nLet me see", undefined],
    ["a fence that never ends", fenced(source).slice(0, -4), undefined],
    ["a tag around it", `<code>\n${source}</code>`, source],
  ];
  const documents: readonly (readonly [name: string, text: string, taken: string | undefined])[] = [
    ["a fence around the document", fenced(`${json}\n`, "json"), source],
    ["a document encoded twice", JSON.stringify(json), source],
    ["a comma too many", `${json.slice(0, -1)},}`, undefined],
    ["raw line ends within a string", `{"source":"${source.replaceAll('"', '\\"')}"}`, undefined],
    ["another key", JSON.stringify({ code: source }), undefined],
    ["single quotes", json.replaceAll('"', "'"), undefined],
    ["text in its place", fenced(source), source],
    ["half a document", json.slice(0, json.length / 2), undefined],
    ["line ends escaped twice", JSON.stringify({ source: source.replaceAll("\n", "\\n") }), undefined],
  ];
  const calls: readonly (readonly [name: string, given: object, taken: string | undefined])[] = [
    ["arguments that are an object", call({ source }), source],
    ["text before the call", { ...call(json), content: "I call the tool now." }, source],
    ["text in place of the call", { content: fenced(source) }, source],
    ["arguments with something behind", call(`${json} done`), undefined],
    ["arguments without the source", call('{"note":"done"}'), undefined],
    ["a source that is a number", call('{"source":1}'), undefined],
    ["arguments that are half there", call(json.slice(0, -20)), undefined],
    ["another tool", call(json, "functions.write_source"), undefined],
    [
      "two calls",
      { tool_calls: [...call(json).tool_calls, ...call(json.replace("60_000", "6_000")).tool_calls] },
      undefined,
    ],
    ["no call and no text", { content: null }, undefined],
  ];
  return [
    ...texts.map(([name, text, taken]) => reply(name, "text", taken, message("text", text, "stop"))),
    ...documents.map(([name, text, taken]) => reply(name, "json", taken, message("text", text, "stop"))),
    ...calls.map(([name, given, taken]) => reply(name, "tool", taken, body(given, "stop"))),
  ];
}

function fenced(text: string, language = "ts"): string {
  return `\`\`\`${language}\n${text}\`\`\``;
}

function call(input: string | object, name = "write_source"): { readonly tool_calls: readonly object[] } {
  return { tool_calls: [{ index: 0, id: "call", type: "function", function: { name, arguments: input } }] };
}

/** An answer of this text by this channel. */
function message(channel: Channel, text: string, finish: string): string {
  if (channel === "tool") return body(call(JSON.stringify({ source: text })), finish);
  return body({ content: channel === "json" ? JSON.stringify({ source: text }) : text }, finish);
}

function body(message: object, finish: string): string {
  return JSON.stringify({ model: "m", choices: [{ index: 0, message, finish_reason: finish }] });
}

function reply(name: string, channel: Channel, taken: string | undefined, text: string): ReplyCase {
  return { name, group: "own", channel, api: "litellm", spec, source: taken, response: () => new Response(text) };
}
