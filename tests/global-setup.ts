import { spawnSync } from "node:child_process";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** Builds every package's JavaScript first, so that end-to-end tests never run a stale binary. */
// oxlint-disable-next-line import/no-default-export -- vitest calls the default export of a global setup file
export default function buildBinaries(): void {
  const repository = dirname(dirname(fileURLToPath(import.meta.url)));
  const binaries = join(repository, "node_modules", ".bin");
  // turbo looks for pnpm on the PATH.
  const env = { ...process.env, PATH: `${binaries}${delimiter}${process.env["PATH"]}`, TURBO_TELEMETRY_DISABLED: "1" };
  const run = (tool: string, args: readonly string[]): void => {
    const result = spawnSync(join(binaries, tool), args, { cwd: repository, encoding: "utf8", env });
    if (result.status !== 0) throw new Error(`The packages do not build:\n${result.stdout}${result.stderr}`);
  };
  run("turbo", ["run", "build:js", "--output-logs=errors-only", "--ui=stream"]);
  // Projects of the tests import the markers' declarations.
  run("tsc", ["-b", "packages/spec"]);
}
