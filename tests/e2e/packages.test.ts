import { existsSync, readdirSync } from "node:fs";
import { delimiter, join } from "node:path";
import { createTemporaryProject, repositoryRoot, runProcess, type TemporaryProject } from "@jaunt/testkit";
import { afterAll, beforeAll, expect, test } from "vitest";

const sdks: ReadonlySet<string> = new Set(["@anthropic-ai/sdk", "openai"]);
const folders = {
  "@jaunt/core": "packages/core",
  "@jaunt/backend-kit": "packages/backends/kit",
  "@jaunt/backend-litellm": "packages/backends/litellm",
  "@jaunt/backend-anthropic": "packages/backends/anthropic",
  "@jaunt/backend-openai": "packages/backends/openai",
  "@jaunt/backend-agent": "packages/backends/agent",
};

let archives: TemporaryProject;
beforeAll(async () => {
  archives = await createTemporaryProject({});
  for (const folder of Object.values(folders)) {
    await run(join(repositoryRoot(), folder), "pnpm", ["pack", "--pack-destination", archives.root]);
  }
}, 120_000);
afterAll(() => archives.remove());

test.each<[keyof typeof folders, readonly string[]]>([
  ["@jaunt/backend-litellm", []],
  ["@jaunt/backend-anthropic", ["@anthropic-ai/sdk"]],
  ["@jaunt/backend-openai", ["openai"]],
  ["@jaunt/backend-agent", []],
])(
  "%s, installed into an empty project, brings the SDKs %j and no other, and can be loaded",
  async (name, expected) => {
    const project = await createTemporaryProject({
      "package.json": '{ "name": "empty", "private": true, "type": "module" }',
    });
    try {
      const needed = ["@jaunt/core", "@jaunt/backend-kit", name].map((each) => join(archives.root, archiveOf(each)));
      await run(project.root, "npm", ["install", "--prefer-offline", "--no-audit", "--no-fund", ...needed]);
      const installed = packagesIn(join(project.root, "node_modules"));

      expect(installed).toContain(name);
      expect(installed.filter((each) => sdks.has(each))).toEqual(expected);
      expect(installed.filter((each) => each.startsWith("@jaunt/backend-") && each !== "@jaunt/backend-kit")).toEqual([
        name,
      ]);
      const script = `import(${JSON.stringify(name)}).then(({ keyEnvironment }) => console.log(Array.isArray(keyEnvironment)))`;
      expect((await run(project.root, process.execPath, ["-e", script])).stdout).toBe("true\n");
    } finally {
      await project.remove();
    }
  },
);

function archiveOf(name: string): string {
  const start = name.replace("@", "").replace("/", "-");
  const found = readdirSync(archives.root).find((file) => file.startsWith(start));
  if (found === undefined) throw new Error(`${name} was not packed.`);
  return found;
}

/** Every package at any depth, scopes included. */
function packagesIn(folder: string): readonly string[] {
  return readdirSync(folder)
    .flatMap((name) =>
      name.startsWith("@") ? readdirSync(join(folder, name)).map((inner) => `${name}/${inner}`) : [name],
    )
    .filter((name) => existsSync(join(folder, name, "package.json")))
    .flatMap((name) => {
      const inner = join(folder, name, "node_modules");
      return [name, ...(existsSync(inner) ? packagesIn(inner) : [])];
    });
}

async function run(cwd: string, command: string, args: readonly string[]): ReturnType<typeof runProcess> {
  const env = { PATH: `${join(repositoryRoot(), "node_modules", ".bin")}${delimiter}${process.env["PATH"] ?? ""}` };
  const result = await runProcess(command, args, { cwd, env, timeoutMs: 110_000 });
  expect(result.exitCode, `${command} ${args.join(" ")}\n${result.stdout}${result.stderr}`).toBe(0);
  return result;
}
