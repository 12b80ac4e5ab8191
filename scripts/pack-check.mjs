import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { publint } from "publint";
import { formatMessage } from "publint/utils";
import { repository, run } from "./pnpm.mjs";

const { packageManager } = JSON.parse(readFileSync(join(repository, "package.json"), "utf8"));
const folder = mkdtempSync(join(tmpdir(), "jaunt-pack-"));
let problems = 0;
for (const directory of packageDirectories()) {
  const manifest = JSON.parse(readFileSync(join(directory, "package.json"), "utf8"));
  if (manifest.private === true) continue;
  run("npx", ["--yes", packageManager, "pack", "--pack-destination", folder], { cwd: directory, quiet: true });
  const { messages } = await publint({ pkgDir: directory, strict: true, pack: "npm" });
  const files = packedFiles(folder, manifest);
  const stray = files.filter((file) => /\.test\.|tsbuildinfo|^package\/src\//.test(file));
  const missing = ["package.json", "README.md", "dist/index.js", "dist/index.d.ts"].filter(
    (file) => !files.includes(`package/${file}`),
  );
  for (const message of messages) report(manifest, formatMessage(message, manifest) ?? message.code);
  for (const file of stray) report(manifest, `packs ${file}, which no user needs`);
  for (const file of missing) report(manifest, `packs no ${file}`);
  console.log(`${manifest.name}: ${files.length} files`);
}
rmSync(folder, { recursive: true });
process.exitCode = problems === 0 ? 0 : 1;

function report(manifest, text) {
  problems += 1;
  console.error(`${manifest.name}: ${text}`);
}

function packedFiles(destination, manifest) {
  const archive = `${manifest.name.replace("@", "").replace("/", "-")}-${manifest.version}.tgz`;
  return run("tar", ["-tzf", join(destination, archive)], { quiet: true })
    .stdout.trim()
    .split("\n");
}

function packageDirectories() {
  const roots = ["packages", "packages/backends", "packages/languages"].map((root) => join(repository, root));
  return roots
    .flatMap((root) => readdirSync(root).map((name) => join(root, name)))
    .filter((directory) => readdirSync(directory).includes("package.json"));
}
