import { guardHook } from "./claude-settings.ts";
import { skillFolder } from "./plan-export.ts";
import type { SkillFacts } from "./skill-facts.ts";

/**
 * The plug-in for Claude Code, posix path to text: guidance, the guard as a hook, and the MCP server. It serves any project, so its facts
 * hold none, and it runs the Jaunt that the project has installed.
 */
export function pluginFiles(facts: SkillFacts): Readonly<Record<string, string>> {
  const skill = Object.entries(skillFolder(facts)).map(([path, text]) => [`skills/jaunt/${path}`, text]);
  return {
    ".claude-plugin/plugin.json": json(manifest(facts.version)),
    ".mcp.json": json({ mcpServers: { jaunt: { command: "node", args: [launcher, "mcp", "serve"] } } }),
    "hooks/hooks.json": json({
      description: "Refuses edits of files that Jaunt generated, and names the spec to edit instead.",
      hooks: { PreToolUse: [guardHook(`node "${launcher}" guard --hook claude`)] },
    }),
    "scripts/jaunt.mjs": launcherText,
    ...Object.fromEntries(skill),
  };
}

const launcher = "${CLAUDE_PLUGIN_ROOT}/scripts/jaunt.mjs";

function manifest(version: string): unknown {
  return {
    name: "jaunt",
    version,
    description:
      "Work with Jaunt, which builds code from typed specs: guidance, a guard for generated files, and the MCP server.",
    author: { name: "The Jaunt authors" },
    license: "MIT",
    keywords: ["jaunt", "typescript", "specs", "code-generation"],
  };
}

/** Not npx: that takes longer than the guard itself, and would fetch whatever has the name where none is installed. */
const launcherText = `// Runs the Jaunt that the project has installed, else the one that this plug-in came with.
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const binary = findBinary(process.env.CLAUDE_PROJECT_DIR ?? process.cwd());
if (binary !== undefined) {
  await import(pathToFileURL(binary).href);
} else if (process.argv[2] !== "guard") {
  // Where no Jaunt is installed there is nothing to guard, and every edit would say so.
  process.stderr.write("jaunt: it is not installed in this project. Run: npm install --save-dev @jaunt/cli @jaunt/spec\\n");
  process.exitCode = 1;
}

function findBinary(start) {
  for (let folder = start; ; folder = dirname(folder)) {
    const found = join(folder, "node_modules", "@jaunt", "cli", "dist", "bin.js");
    if (existsSync(found)) return found;
    if (dirname(folder) === folder) break;
  }
  const own = fileURLToPath(new URL("../../dist/bin.js", import.meta.url));
  return existsSync(own) ? own : undefined;
}
`;

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
