#!/usr/bin/env node
import { readManifest } from "./manifest.ts";

const argv = process.argv.slice(2);
if (argv.length === 1 && (argv[0] === "--version" || argv[0] === "-V")) {
  // Answered before anything else is loaded: scripts and editors ask often.
  process.stdout.write(`${readManifest().version}\n`);
} else {
  const { runInProcess } = await import("./run-in-process.ts");
  await runInProcess(argv);
}
