import {
  createTemporaryProject,
  startScriptedServer,
  type ScriptedServer,
  type TemporaryProject,
} from "@jaunt/testkit";
import { tsconfig } from "../e2e/fixture.ts";

/** A project of three modules and its model. */
export interface SmallProject {
  readonly project: TemporaryProject;
  readonly server: ScriptedServer;
  close(): Promise<void>;
}

export interface SmallOptions {
  /** How long every reply takes. Default 0. */
  readonly delayMs?: number;
  /** How long single replies take, by module name. */
  readonly delays?: Readonly<Record<string, number>>;
  /** Where the project's folder is made. Default: where the system keeps temporary files. */
  readonly folder?: string;
  /** More of jaunt.toml. */
  readonly config?: string;
}

/** `first` and `second` stand alone in folders of their own, `third` needs both; `second` takes a type from a file of types. */
export async function openSmall({
  delayMs = 0,
  delays = {},
  folder,
  config = "",
}: SmallOptions = {}): Promise<SmallProject> {
  const replies = Object.entries(bodies).map(([name, body]) => [
    name,
    { text: fence(body), delayMs: delays[name] ?? delayMs },
  ]);
  const server = await startScriptedServer(Object.fromEntries(replies), { match: moduleOfRequest });
  const project = await createTemporaryProject(
    {
      "jaunt.toml": `version = 1\n[paths]\ntest_roots = []\n[llm]\nprovider = "litellm"\nmodel = "scripted-model"\nbase_url = "${server.url}"\n${config}`,
      "package.json": '{ "name": "small", "private": true, "type": "module" }',
      "tsconfig.json": tsconfig(),
      "src/types.ts": "export interface Pair {\n  readonly left: number;\n  readonly right: number;\n}\n",
      "src/one/first.jaunt.ts": "/** Twice the number. */\nexport declare function first(n: number): number;\n",
      "src/two/second.jaunt.ts":
        'import type { Pair } from "../types.js";\n\n/** The number on both sides. */\nexport declare function second(n: number): Pair;\n',
      "src/third.jaunt.ts":
        'import { first } from "./one/first.js";\nimport { second } from "./two/second.js";\n\n/** {@link first} of the left side of {@link second}. */\nexport declare function third(n: number): number;\n',
    },
    { nodeModules: true, ...(folder === undefined ? {} : { folder }) },
  );
  return {
    project,
    server,
    async close() {
      await server.close();
      await project.remove();
    },
  };
}

function fence(source: string): string {
  return `\`\`\`ts\n${source}\n\`\`\`\n`;
}

const bodies: Readonly<Record<string, string>> = {
  first: "export function first(n: number): number {\n  return n * 2;\n}",
  second: "export function second(n: number): Pair {\n  return { left: n, right: n };\n}",
  third: "export function third(n: number): number {\n  return first(second(n).left);\n}",
};

function moduleOfRequest(body: string): string {
  const { messages } = JSON.parse(body) as { readonly messages: readonly { readonly content: string }[] };
  const prompt = messages.map(({ content }) => content).join("\n");
  return [...prompt.matchAll(/(\w+)\.jaunt\.ts/g)].at(-1)?.[1] ?? "";
}
