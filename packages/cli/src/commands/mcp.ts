import { generatorModel, createBackend } from "../plugins/create-backend.ts";
import type { GlobalOptions } from "../command-line/invocation.ts";
import { findRoot } from "../project/find-root.ts";
import { reserveOutput } from "../reserve-output.ts";
import type { CommandContext } from "./command-context.ts";

/** Serves the project to an agent over standard input and output, until either ends. The project is looked for at every call. */
export async function runMcp(globals: Pick<GlobalOptions, "root">, context: CommandContext): Promise<void> {
  const { terminal, services, version } = context;
  const reserved = reserveOutput(terminal.stdout, terminal.stderr);
  try {
    const { serveMcp } = await import("@jaunt/mcp");
    await serveMcp({
      version,
      input: terminal.stdin,
      output: reserved.output,
      signal: terminal.signal,
      onError: (error) => void terminal.stderr.write(`jaunt mcp: ${error.message}\n`),
      openProject: async (changes) => {
        const root = findRoot(terminal.cwd, globals.root);
        const { onEvent = () => {} } = changes;
        return services.openProject(root, {
          languages: await services.loadLanguages(),
          createBackend: (config) =>
            createBackend(config, { root, env: terminal.env, providers: services.providers }, onEvent),
          generatorModel,
          toolVersion: version,
          environment: terminal.env,
          cacheToken: terminal.env["JAUNT_CACHE_TOKEN"],
          ...changes,
        });
      },
    });
  } finally {
    reserved.restore();
  }
}
