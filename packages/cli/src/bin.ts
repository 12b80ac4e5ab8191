#!/usr/bin/env node
import { readManifest } from "./manifest.ts";

const argv = process.argv.slice(2);
if (argv.length === 1 && (argv[0] === "--version" || argv[0] === "-V")) {
  // Answered before anything else is loaded: scripts and editors ask often.
  process.stdout.write(`${readManifest().version}\n`);
} else if (argv.join(" ") === "guard --hook claude") {
  // Runs before every edit of an agent, so the command line is not loaded either.
  const { answerClaude } = await import("./guard/answer-claude.ts");
  const { stdin, stdout, stderr, env } = process;
  await answerClaude({ stdin, stdout, stderr, env, cwd: process.cwd() });
} else {
  const { runInProcess } = await import("./run-in-process.ts");
  await runInProcess(argv);
}
