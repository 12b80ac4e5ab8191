import { readdirSync } from "node:fs";
import { join, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { readManifest } from "../manifest.ts";
import { pluginFiles } from "./plugin-files.ts";
import { createSkillFacts } from "./skill-facts.ts";

/** Ships in the package. `npm run plugin` writes it anew. */
const folder: string = fileURLToPath(new URL("../../plugin", import.meta.url));
const files = pluginFiles(createSkillFacts(readManifest().version, undefined));

describe("the plug-in folder", () => {
  test.each(Object.keys(files))("holds %s as this version writes it", async (path) => {
    await expect(files[path]).toMatchFileSnapshot(join(folder, path));
  });

  test("holds nothing else", () => {
    const found = readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) =>
        join(entry.parentPath, entry.name)
          .slice(folder.length + 1)
          .split(sep)
          .join("/"),
      );
    expect(found.toSorted()).toEqual(Object.keys(files).toSorted());
  });
});

/** Claude Code's documentation: https://code.claude.com/docs/en/plugins-reference, .../hooks and .../skills, as of November 2026. */
describe("the documented layout", () => {
  const read = (path: string): Record<string, unknown> => JSON.parse(files[path] ?? "") as Record<string, unknown>;

  test("the manifest is in .claude-plugin, alone, and has only known fields", () => {
    const manifest = read(".claude-plugin/plugin.json");
    const known = new Set([
      "name",
      "version",
      "description",
      "author",
      "homepage",
      "repository",
      "license",
      "keywords",
    ]);
    expect(Object.keys(manifest).filter((key) => !known.has(key))).toEqual([]);
    expect(manifest["name"]).toMatch(/^[a-z0-9]+(?:-[a-z0-9]+)*$/);
    expect(manifest["version"]).toMatch(/^\d+\.\d+\.\d+/);
    expect(Object.keys(files).filter((path) => path.startsWith(".claude-plugin/"))).toHaveLength(1);
  });

  test("components are in their folders at the top, none in .claude-plugin", () => {
    const tops = new Set(Object.keys(files).map((path) => path.split("/")[0]));
    expect([...tops].toSorted()).toEqual([".claude-plugin", ".mcp.json", "hooks", "scripts", "skills"]);
  });

  test("the hook is a command for PreToolUse, with a matcher and a limit in seconds", () => {
    expect(read("hooks/hooks.json")).toEqual({
      description: expect.any(String) as string,
      hooks: {
        PreToolUse: [
          {
            matcher: "Edit|Write|MultiEdit|NotebookEdit|Bash",
            hooks: [
              {
                type: "command",
                command: 'node "${CLAUDE_PLUGIN_ROOT}/scripts/jaunt.mjs" guard --hook claude',
                timeout: 10,
              },
            ],
          },
        ],
      },
    });
  });

  test("the server is started by a program and arguments, found by the plug-in's own root", () => {
    expect(read(".mcp.json")).toEqual({
      mcpServers: {
        jaunt: { command: "node", args: ["${CLAUDE_PLUGIN_ROOT}/scripts/jaunt.mjs", "mcp", "serve"] },
      },
    });
  });

  // https://agentskills.io/specification: name as the folder, at most 64 characters; description at most 1,024; no angle brackets.
  test("the skill's front matter names its folder and says when to use it", () => {
    const [, front = ""] = /^---\n([^]*?)\n---\n/.exec(files["skills/jaunt/SKILL.md"] ?? "") ?? [];
    const fields = Object.fromEntries(
      front.split("\n").map((line) => [line.split(": ")[0], line.split(": ").slice(1).join(": ")]),
    );
    expect(Object.keys(fields)).toEqual(["name", "description"]);
    expect(fields["name"]).toBe("jaunt");
    expect(fields["description"]?.length).toBeLessThanOrEqual(1024);
    // Unquoted YAML: no colon followed by a space, no comment.
    expect(fields["description"]).not.toMatch(/: | #|[<>]/);
  });
});
