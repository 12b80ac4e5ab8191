import { startJaunt, waitFor } from "@jaunt/testkit";
import { afterEach, describe, expect, test } from "vitest";
import { canSeeProcesses, outliving, processesOf, runVariable } from "./processes.ts";
import { openSlowCheck } from "./slow-check.ts";

const opened: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const thing of opened.splice(0)) await thing.close();
});

describe.skipIf(!canSeeProcesses)(
  `processes that a build starts${canSeeProcesses ? "" : " (skipped: this system has no /proc to see them in)"}`,
  () => {
    test.each(["SIGKILL", "SIGTERM"] as const)("the compiler's own process ends with it at %s", async (signal) => {
      const { build, root } = await open();
      await isRunning(root, "--api");
      build.kill(signal);
      expect(await outliving(root, root, 2_000)).toEqual([]);
      await build.finished;
    });

    test.each(["SIGKILL", "SIGTERM"] as const)(
      "a program that it runs, and its children, end with it at %s",
      async (signal) => {
        const { build, root } = await open();
        const compiler = await isRunning(root, "--api");
        // Without its process, the compiler runs as a program: tsc, which starts another one.
        process.kill(Number(compiler.split(" ")[0]), "SIGKILL");
        await isRunning(root, "tsconfig.jaunt.json");
        build.kill(signal);
        expect(await outliving(root, root, 2_000)).toEqual([]);
        await build.finished;
      },
    );
  },
);

async function open(): Promise<{ readonly build: ReturnType<typeof startJaunt>; readonly root: string }> {
  const slow = await openSlowCheck();
  opened.push(slow);
  const { root } = slow.project;
  return { root, build: startJaunt(root, ["build"], { env: { [runVariable]: root } }) };
}

function isRunning(root: string, argument: string): Promise<string> {
  return waitFor(() => processesOf(root, root).find((line) => line.includes(argument)) ?? "", { timeoutMs: 20_000 });
}
