import { describe, expect, test } from "vitest";
import { guardHook, withGuardHook } from "./claude-settings.ts";
import { parseJsonTree } from "./json-tree.ts";

const command = 'node "$CLAUDE_PROJECT_DIR/node_modules/@jaunt/cli/dist/bin.js" guard --hook claude';
const entry = guardHook(command);
const other = { matcher: "Bash", hooks: [{ type: "command", command: "./mine.sh" }] };

describe("settings that are plain JSON", () => {
  test.each<[string, object]>([
    ["nothing", {}],
    ["other settings", { permissions: { allow: ["Bash(ls:*)"] } }],
    ["no hooks yet", { hooks: {} }],
    ["hooks of other events", { hooks: { Stop: [other] } }],
    ["no entry yet", { hooks: { PreToolUse: [] } }],
    ["another hook", { hooks: { PreToolUse: [other] }, model: "opus" }],
  ])("with %s get the entry and keep the rest", (_name, settings) => {
    for (const indent of [undefined, 2, 4, "\t"]) {
      const after = JSON.parse(withGuardHook(JSON.stringify(settings, null, indent), command)) as {
        hooks: { PreToolUse: unknown[] };
      };
      const before = settings as { hooks?: { PreToolUse?: unknown[] } };
      const expected = {
        ...settings,
        hooks: { ...before.hooks, PreToolUse: [...(before.hooks?.PreToolUse ?? []), entry] },
      };
      expect(after).toEqual(expected);
      expect(withGuardHook(JSON.stringify(after), command)).toBe(JSON.stringify(after));
    }
  });

  test("that do not exist yet are written whole", () => {
    expect(JSON.parse(withGuardHook("", command))).toEqual({ hooks: { PreToolUse: [entry] } });
  });
});

const commented = `{
    // mine: do not touch
    "permissions": { "deny": ["Read(.env)"] }, /* odd   spacing */
    "hooks": {
        "PreToolUse": [
            { "matcher": "Bash", "hooks": [ { "type": "command", "command": "./mine.sh" } ] }, // last
        ]
    }
}
`;

test("comments, spacing, trailing commas and other hooks stay byte for byte", () => {
  const after = withGuardHook(commented, command);
  const [added = ""] = /\n {12}\{\n {16}"matcher": "Edit[^]*?\n {12}\}/.exec(after) ?? [];
  expect(added).toContain(JSON.stringify(command));
  expect(after.replace(added, "")).toBe(commented);
  expect(parseJsonTree(after).kind).toBe("object");
});

test("a comma goes behind the value, not behind the comment", () => {
  const text = '{\n  "model": "opus" // the large one\n}\n';
  expect(withGuardHook(text, command)).toContain('"opus", // the large one\n  "hooks": {');
});

test("line ends and a byte order mark stay", () => {
  const text = '\uFEFF{\r\n  "model": "opus"\r\n}\r\n';
  const after = withGuardHook(text, command);
  expect(after.startsWith('\uFEFF{\r\n  "model": "opus",\r\n')).toBe(true);
  expect(after.replaceAll("\r\n", "")).not.toContain("\n");
});

test("a guard that is there has its command brought up to date, and nothing else", () => {
  const old = commented.replace("./mine.sh", "npx jaunt guard --hook claude");
  expect(withGuardHook(old, command)).toBe(old.replace('"npx jaunt guard --hook claude"', JSON.stringify(command)));
});

test.each([
  ["no JSON", "{ hooks: 1 }", "line 1 is not JSON"],
  ["a missing comma", '{\n  "a": 1\n  "b": 2\n}', "line 3 is not JSON"],
  ["something behind it", "{} {}", "line 1 is not JSON"],
  ["a list", "[]", "the whole is not an object"],
  ["hooks of another form", '{ "hooks": [] }', "hooks is not an object"],
  ["an event of another form", '{ "hooks": { "PreToolUse": {} } }', "hooks.PreToolUse is not an array"],
])("%s is not changed", (_name, text, why) => {
  expect(() => withGuardHook(text, command)).toThrow(why);
});
