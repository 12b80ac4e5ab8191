import { createRequire } from "node:module";
import { join } from "node:path";
import type { Diagnostic, TargetIo } from "@jaunt/core";
import { installLine } from "./install-line.ts";

const generators = "fast-check";

/** Files that hold properties in a project that cannot load what makes their values, and how to get it; none where all is there. */
export function missingGenerators(
  files: readonly string[],
  io: TargetIo,
): { readonly files: readonly string[]; readonly diagnostics: readonly Diagnostic[] } {
  const affected = files.filter(
    (file) => io.readText(file)?.includes(`from "${generators}"`) === true && !canLoad(join(io.root, file)),
  );
  if (affected.length === 0) return { files: [], diagnostics: [] };
  const count = affected.length === 1 ? "1 file was" : `${affected.length} files were`;
  return {
    files: affected,
    diagnostics: [
      {
        code: "suite/package-missing",
        severity: "error",
        message: `The project has no ${generators}, which makes the values of properties; ${count} not run.`,
        hint: `Run \`${installLine(generators, io)}\`.`,
      },
    ],
  };
}

function canLoad(from: string): boolean {
  try {
    createRequire(from).resolve(generators);
    return true;
  } catch {
    return false;
  }
}
