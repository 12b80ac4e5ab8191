import { closeSync, openSync, readdirSync, readFileSync, readSync, statSync } from "node:fs";
import { join } from "node:path";
import { parseSync } from "oxc-parser";

/**
 * What no freshness check can do without, in bare Node. `warm`: walk, stat every file, read every header.
 * `cold`: walk, read and parse every spec file and every generated file.
 */
function runFloor(mode: string, root: string): number {
  let work = 0;
  const buffer = Buffer.alloc(1024);
  for (const entry of readdirSync(join(root, "src"), { withFileTypes: true, recursive: true })) {
    if (!entry.isFile()) continue;
    const file = join(entry.parentPath, entry.name);
    const generated = entry.parentPath.endsWith("__generated__");
    const spec = entry.name.endsWith(".jaunt.ts");
    if (mode === "warm") {
      work += statSync(file).size;
      if (generated) work += readHeader(file, buffer);
    } else if (spec || generated) {
      work += parseSync(file, readFileSync(file, "utf8")).program.body.length;
    }
  }
  return work;
}

function readHeader(file: string, buffer: Buffer): number {
  const descriptor = openSync(file, "r");
  try {
    return readSync(descriptor, buffer, 0, buffer.length, 0);
  } finally {
    closeSync(descriptor);
  }
}

const [mode = "warm", root = "."] = process.argv.slice(2);
process.stdout.write(`${runFloor(mode, root)}\n`);
