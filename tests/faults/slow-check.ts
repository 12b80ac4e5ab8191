import { createTemporaryProject, startScriptedServer } from "@jaunt/testkit";
import { tsconfig } from "../e2e/fixture.ts";
import type { Victim } from "./kill-build.ts";

/** A type that the compiler needs seconds to work out: some thirty steps for each of ten thousand texts. */
const slowTypes = `type Digit = "0" | "1" | "2" | "3" | "4" | "5" | "6" | "7" | "8" | "9";
type Spell<S extends string, A extends string = ""> = S extends \`\${infer H}\${infer T}\` ? Spell<T, \`\${A}\${H}.\`> : A;
type Each<S extends string> = S extends S ? Spell<S> : never;
export type Slow = Each<\`\${Digit}\${Digit}\${Digit}\${Digit}-abcdefghijklmnopqrstuvwx\`>;
`;

/** A project of one module, whose candidate takes the compiler seconds to check. */
export async function openSlowCheck(): Promise<Pick<Victim, "project" | "server" | "close">> {
  const source =
    'import type { Slow } from "./types.js";\n\nexport function pick(all: readonly Slow[]): Slow | undefined {\n  return all[0];\n}\n';
  const server = await startScriptedServer({ "*": `Reply m00#1\n\n\`\`\`ts\n${source}\`\`\`\n` });
  const project = await createTemporaryProject(
    {
      "jaunt.toml": `version = 1\n[paths]\ntest_roots = []\n[llm]\nprovider = "litellm"\nmodel = "scripted-model"\nbase_url = "${server.url}"\n`,
      "package.json": '{ "name": "slow", "private": true, "type": "module" }',
      "tsconfig.json": tsconfig(),
      "src/types.ts": slowTypes,
      "src/pick.jaunt.ts":
        'import type { Slow } from "./types.js";\n\n/** The first of all. */\nexport declare function pick(all: readonly Slow[]): Slow | undefined;\n',
    },
    { nodeModules: true },
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
