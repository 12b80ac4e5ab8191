import { spawnSync } from "node:child_process";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** Builds every package's JavaScript first, so that end-to-end tests never run a stale binary. */
// oxlint-disable-next-line import/no-default-export -- vitest calls the default export of a global setup file
export default function buildBinaries(): void {
  const repository = dirname(dirname(fileURLToPath(import.meta.url)));
  const binaries = join(repository, "node_modules", ".bin");
  const result = spawnSync(join(binaries, "turbo"), ["run", "build:js", "--output-logs=errors-only", "--ui=stream"], {
    cwd: repository,
    encoding: "utf8",
    // turbo looks for pnpm on the PATH.
    env: { ...process.env, PATH: `${binaries}${delimiter}${process.env["PATH"]}`, TURBO_TELEMETRY_DISABLED: "1" },
  });
  if (result.status !== 0) throw new Error(`The packages do not build:\n${result.stdout}${result.stderr}`);
}
