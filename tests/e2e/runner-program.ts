/*
 * The far end of `startRunner`: opens a project with the real target under whichever Node runs this, one that reads TypeScript, and
 * runs what it is sent, any number at once.
 */
import { openTarget } from "./opened-target.ts";
import type { RunnerAnswer, RunnerRequest } from "./start-runner.ts";

const [root = ""] = process.argv.slice(2);
const { layout, run, close } = await openTarget(root, process.env);
const answer = (message: RunnerAnswer): void => void process.send?.(message);

process.on("message", ({ id, candidate, cases }: RunnerRequest) => {
  run(candidate, cases).then(
    (result) => answer({ id, result }),
    (error: unknown) => answer({ id, problem: String(error) }),
  );
});
process.on("disconnect", () => void close().then(() => process.exit()));
answer({ id: 0, node: process.version, layout });
