import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, expect, test } from "vitest";
import { findLayerViolations, type LayerTable } from "./layers.ts";

const repository = dirname(dirname(fileURLToPath(import.meta.url)));

/** The dependency table of the architecture: folder, its package, and everything it may import besides itself and Node. */
const table: LayerTable = {
  "packages/spec": { name: "@jaunt/spec", may: [] },
  "packages/core": { name: "@jaunt/core", may: ["zod", "smol-toml"] },
  "packages/languages/typescript": {
    name: "@jaunt/typescript",
    may: ["@jaunt/core", "oxc-parser", "typescript", "get-tsconfig", "esbuild", "fast-check"],
  },
  "packages/backends/kit": { name: "@jaunt/backend-kit", may: ["@jaunt/core"] },
  "packages/backends/litellm": { name: "@jaunt/backend-litellm", may: ["@jaunt/core", "@jaunt/backend-kit"] },
  "packages/backends/anthropic": {
    name: "@jaunt/backend-anthropic",
    may: ["@jaunt/core", "@jaunt/backend-kit", "@anthropic-ai/sdk"],
  },
  "packages/backends/openai": { name: "@jaunt/backend-openai", may: ["@jaunt/core", "@jaunt/backend-kit", "openai"] },
  "packages/backends/agent": { name: "@jaunt/backend-agent", may: ["@jaunt/core", "@jaunt/backend-kit"] },
  "packages/backends/replay": { name: "@jaunt/backend-replay", may: ["@jaunt/core"] },
  "packages/orchestrator": {
    name: "@jaunt/orchestrator",
    may: ["@jaunt/core", "@opentelemetry/api", "@pydantic/genai-prices", "cacache", "chokidar", "tinyglobby", "zod"],
  },
  "packages/mcp": {
    name: "@jaunt/mcp",
    may: ["@jaunt/core", "@jaunt/orchestrator", "@modelcontextprotocol/server", "zod"],
  },
  "packages/cli": {
    name: "@jaunt/cli",
    may: [
      "@jaunt/core",
      "@jaunt/orchestrator",
      "@jaunt/mcp",
      "@jaunt/typescript",
      "@jaunt/backend-anthropic",
      "@jaunt/backend-openai",
      "@jaunt/backend-agent",
      "@jaunt/backend-litellm",
      "@jaunt/backend-replay",
      "commander",
      "@clack/prompts",
      "picocolors",
      "zod",
    ],
  },
  "packages/testkit": { name: "@jaunt/testkit", may: ["@jaunt/core", "vitest"] },
};

const temporary: string[] = [];
afterEach(() => {
  for (const folder of temporary.splice(0)) rmSync(folder, { recursive: true });
});

test.each([
  ["a static import", `import { openProject } from "@jaunt/orchestrator";\nexport const x = openProject;\n`],
  ["a type import", `import type { Project } from "@jaunt/orchestrator";\nexport type X = Project;\n`],
  ["a re-export", `export { openProject } from "@jaunt/orchestrator";\n`],
  ["a dynamic import", `export const x = () => import("@jaunt/orchestrator");\n`],
  ["a path into another package", `export { openProject } from "../../orchestrator/src/index.ts";\n`],
  ["an undeclared package", `import pad from "left-pad";\nexport const x = pad;\n`],
])("a planted violation is found: %s", (_name, source) => {
  const root = mkdtempSync(join(tmpdir(), "jaunt-layers-"));
  temporary.push(root);
  mkdirSync(join(root, "packages/core/src"), { recursive: true });
  writeFileSync(join(root, "packages/core/src/planted.ts"), source);
  expect(findLayerViolations(root, { "packages/core": table["packages/core"]! })).toHaveLength(1);
});

test("every package imports only what the table allows", () => {
  expect(findLayerViolations(repository, table)).toEqual([]);
});

test.each(Object.entries(table))("%s declares no dependency beyond the table", (folder, { name, may }) => {
  const manifest = JSON.parse(readFileSync(join(repository, folder, "package.json"), "utf8")) as {
    readonly name: string;
    readonly dependencies?: Readonly<Record<string, string>>;
  };
  expect(manifest.name).toBe(name);
  expect(Object.keys(manifest.dependencies ?? {}).filter((dependency) => !may.includes(dependency))).toEqual([]);
});
