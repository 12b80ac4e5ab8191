import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildPackages, install, localBinary, run } from "./pnpm.mjs";

step("install");
install();
step("build");
buildPackages();
run(localBinary("tsc"), ["-b"]);
step("test");
const folder = mkdtempSync(join(tmpdir(), "jaunt-test-"));
const report = join(folder, "report.json");
const arguments_ = [
  "run",
  "--reporter=dot",
  "--reporter=json",
  `--outputFile.json=${report}`,
  ...process.argv.slice(2),
];
const result = run(localBinary("vitest"), arguments_, { allowFailure: true });
const { numPassedTests, numFailedTests, numPendingTests } = JSON.parse(readFileSync(report, "utf8"));
rmSync(folder, { recursive: true });
console.log(`\n${numPassedTests} passed, ${numFailedTests} failed, ${numPendingTests} skipped`);
process.exitCode = result.status ?? 1;

function step(name) {
  console.log(`\n== ${name}`);
}
