// Runs the Jaunt that the project has installed, else the one that this plug-in came with.
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const binary = findBinary(process.env.CLAUDE_PROJECT_DIR ?? process.cwd());
if (binary !== undefined) {
  await import(pathToFileURL(binary).href);
} else if (process.argv[2] !== "guard") {
  // Where no Jaunt is installed there is nothing to guard, and every edit would say so.
  process.stderr.write("jaunt: it is not installed in this project. Run: npm install --save-dev @jaunt/cli @jaunt/spec\n");
  process.exitCode = 1;
}

function findBinary(start) {
  for (let folder = start; ; folder = dirname(folder)) {
    const found = join(folder, "node_modules", "@jaunt", "cli", "dist", "bin.js");
    if (existsSync(found)) return found;
    if (dirname(folder) === folder) break;
  }
  const own = fileURLToPath(new URL("../../dist/bin.js", import.meta.url));
  return existsSync(own) ? own : undefined;
}
