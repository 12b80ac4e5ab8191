import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** Absolute path of the repository. */
export const repository = dirname(dirname(fileURLToPath(import.meta.url)));

const binaries = join(repository, "node_modules", ".bin");

/** Installs every workspace package with the pnpm that package.json pins, through npx: nothing but npm is needed. */
export function install() {
  const { packageManager } = JSON.parse(readFileSync(join(repository, "package.json"), "utf8"));
  run("npx", ["--yes", packageManager, "install", "--frozen-lockfile", "--prefer-offline", "--reporter=append-only"], {
    quiet: true,
  });
}

/** Builds the JavaScript of every package, turbo skipping what has not changed, and the declarations that projects import. */
export function buildPackages() {
  run(localBinary("turbo"), ["run", "build:js", "--output-logs=errors-only", "--ui=stream"], { quiet: true });
  run(localBinary("tsc"), ["-b", "packages/spec"], { quiet: true });
}

/** Path of a binary of the repository's own node_modules. */
export function localBinary(name) {
  const file = join(binaries, process.platform === "win32" ? `${name}.cmd` : name);
  if (!existsSync(file)) throw new Error(`${name} is not installed: run \`npm test\` or \`npm run demo\` once`);
  return file;
}

/** Runs a command in the repository and ends this process with its exit code when it fails. */
export function run(command, args, options = {}) {
  const result = spawnSync(command, args, {
    cwd: options.cwd ?? repository,
    encoding: "utf8",
    // turbo looks for pnpm on the PATH.
    env: {
      ...process.env,
      PATH: `${binaries}${delimiter}${process.env.PATH}`,
      TURBO_TELEMETRY_DISABLED: "1",
      DO_NOT_TRACK: "1",
      ...options.env,
    },
    shell: process.platform === "win32",
    stdio: options.quiet ? ["ignore", "pipe", "pipe"] : ["ignore", "inherit", "inherit"],
    maxBuffer: 1 << 28,
  });
  if (result.error !== undefined) throw result.error;
  if (result.status !== 0 && options.allowFailure !== true) {
    if (options.quiet) process.stderr.write(`${result.stdout}${result.stderr}`);
    process.stderr.write(`\n${command} ${args.join(" ")} ended with exit code ${result.status}\n`);
    process.exit(result.status ?? 1);
  }
  return result;
}
