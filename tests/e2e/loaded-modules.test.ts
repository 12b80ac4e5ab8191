import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { createTemporaryProject, repositoryRoot, runProcess, type TemporaryProject } from "@jaunt/testkit";
import { afterAll, beforeAll, expect, test } from "vitest";
import { tsconfig } from "./fixture.ts";

let project: TemporaryProject;
beforeAll(async () => {
  project = await createTemporaryProject(
    {
      "jaunt.toml": '[llm]\nprovider = "replay"\n',
      "package.json": '{ "name": "loaded", "private": true, "type": "module" }',
      "tsconfig.json": tsconfig(),
      "src/greet.jaunt.ts": "/** Hello, and the name! */\nexport declare function greet(name: string): string;\n",
      "hooks.mjs": `import { writeSync } from "node:fs";
export async function load(url, context, next) {
  writeSync(2, "loaded " + url + "\\n");
  return next(url, context);
}
`,
      "register.mjs": `import { register } from "node:module";
register("./hooks.mjs", import.meta.url);
`,
    },
    { nodeModules: true },
  );
});
afterAll(() => project.remove());

const event = JSON.stringify({
  hook_event_name: "PreToolUse",
  tool_name: "Edit",
  tool_input: { file_path: "src/greet.ts" },
});

const parser = /[\\/]commander[\\/]/;
const schemas = /[\\/]zod[\\/]/;
const compilers = /[\\/](?:oxc-parser|typescript|esbuild)[\\/]|packages[\\/]languages/;
const server = /@modelcontextprotocol|packages[\\/]mcp/;
const backends = /packages[\\/]backends/;
const published = /dist[\\/]schemas[\\/]/;

// What a command line is asked for most often must not wait for what it has no use for.
test.each([
  ["--version", [parser, schemas, compilers, server, backends, /packages[\\/](?:core|orchestrator)/]],
  ["--help", [schemas, compilers, server, backends, published, /packages[\\/]orchestrator/]],
  ["guard --hook claude", [parser, schemas, compilers, server, backends, published]],
  ["status", [server, backends, published, /node_modules[\\/](?:typescript|esbuild)[\\/]/]],
])("`jaunt %s` loads nothing in vain", async (line, unwanted) => {
  const register = pathToFileURL(join(project.root, "register.mjs")).href;
  const bin = join(repositoryRoot(), "packages", "cli", "dist", "bin.js");
  const { stderr, exitCode } = await runProcess(process.execPath, ["--import", register, bin, ...line.split(" ")], {
    cwd: project.root,
    input: event,
  });
  expect(exitCode, stderr).toBe(0);
  const loaded = [...stderr.matchAll(/^loaded (file:.+)$/gm)].map((match) => match[1] ?? "");
  expect(loaded.some((url) => url.endsWith("/bin.js"))).toBe(true);
  expect(loaded.filter((url) => unwanted.some((pattern) => pattern.test(url)))).toEqual([]);
});
