import { subscribe } from "node:diagnostics_channel";
import { jauntRuns, type JauntRun } from "@jaunt/testkit";
import { afterEach, expect } from "vitest";

const runs: JauntRun[] = [];
subscribe(jauntRuns, (message) => runs.push(message as JauntRun));

// Whatever a test is about: what the binary printed as JSON is as published. A run that a test killed may have printed nothing.
afterEach(async () => {
  const finished = runs
    .splice(0)
    .filter(({ args, exitCode }) => exitCode !== null && args.some((word) => /^--(json|events)$/.test(word)));
  if (finished.length === 0) return;
  const { documentProblems } = await import("./documents.ts");
  for (const { args, stdout } of finished)
    expect(documentProblems(args, stdout), `the JSON of jaunt ${args.join(" ")}`).toEqual([]);
});
