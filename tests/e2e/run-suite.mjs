// Runs test files of the project in the current folder with the real target, under whichever Node runs this: prints the SuiteRun as JSON,
// its last line. SIGTERM stands for an abort.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { openProject } from "@jaunt/orchestrator";
import { createTypescriptTarget, typescriptReader } from "@jaunt/typescript";

const { files, args = [], jobs = 2 } = JSON.parse(process.argv[2]);
const root = process.cwd();
const target = createTypescriptTarget();
const controller = new AbortController();
process.on("SIGTERM", () => controller.abort(new Error("aborted")));

const seen = {};
const project = await openProject(root, {
  languages: [
    {
      reader: typescriptReader,
      createTarget: () => ({
        ...target,
        configure(io, specFiles) {
          seen.io = { ...io, readText };
          return target.configure(io, specFiles);
        },
        place(module, layout) {
          seen.layout = layout;
          return target.place(module, layout);
        },
      }),
    },
  ],
  createBackend: () => Promise.reject(new Error("no model is asked here")),
  toolVersion: "0.0.0",
  environment: process.env,
  signal: controller.signal,
});
await project.sync();
let outcome;
try {
  outcome = await target.test(files, { args, jobs }, seen.layout, seen.io);
} catch (error) {
  outcome = { thrown: error.message };
}
await project.close();
process.stdout.write(`${JSON.stringify(outcome)}\n`);

function readText(path) {
  try {
    return readFileSync(join(root, path), "utf8");
  } catch {
    return undefined;
  }
}
