import { existsSync } from "node:fs";
import { mkdir, readdir } from "node:fs/promises";
import { tmpdir, userInfo } from "node:os";
import { delimiter, join } from "node:path";
import { runProcess } from "./run-process.ts";

/** Where nginx is, or why a test has to do without. */
export type FoundNginx = { readonly binary: string } | { readonly reason: string };

/**
 * Finds nginx with WebDAV: on the PATH, or unpacked from the Debian package into the temporary folder, which changes nothing else on
 * the machine.
 */
export async function findNginx(): Promise<FoundNginx> {
  const installed = [...(process.env["PATH"] ?? "").split(delimiter), "/usr/sbin", "/usr/local/sbin"]
    .map((folder) => join(folder, "nginx"))
    .find((file) => existsSync(file));
  if (installed !== undefined) return judge(installed);
  const folder = join(tmpdir(), `jaunt-nginx-${userInfo().username}`);
  const unpacked = join(folder, "root", "usr", "sbin", "nginx");
  if (existsSync(unpacked)) return judge(unpacked);
  try {
    await mkdir(folder, { recursive: true });
    await download(folder);
    const archive = (await readdir(folder)).find((name) => name.endsWith(".deb")) ?? "";
    await run("dpkg-deb", ["-x", archive, "root"], folder);
  } catch (error) {
    return { reason: `nginx is not installed, and its Debian package cannot be had: ${firstLine(error)}` };
  }
  return judge(unpacked);
}

/** The lists of packages may be missing, and only root may fetch them. */
async function download(folder: string): Promise<void> {
  const get = (): Promise<string> => run("apt-get", ["download", "nginx"], folder);
  await get().catch(async () => {
    await run("apt-get", ["update"], folder);
    await get();
  });
}

async function judge(binary: string): Promise<FoundNginx> {
  try {
    const about = await run(binary, ["-V"], tmpdir());
    return about.includes("http_dav_module") ? { binary } : { reason: `${binary} is built without http_dav_module` };
  } catch (error) {
    return { reason: `${binary} does not run: ${firstLine(error)}` };
  }
}

async function run(command: string, args: readonly string[], cwd: string): Promise<string> {
  const { exitCode, stdout, stderr } = await runProcess(command, args, { cwd, timeoutMs: 120_000 });
  if (exitCode !== 0) throw new Error(stderr.trim() === "" ? `${command} exited with ${String(exitCode)}` : stderr);
  return stdout + stderr;
}

function firstLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split("\n")[0] ?? "";
}
