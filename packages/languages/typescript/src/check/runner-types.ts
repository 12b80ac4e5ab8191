import { posix } from "node:path";
import type { Diagnostic, Layout, TargetIo } from "@jaunt/core";
import { roleOf } from "../layout/role-of.ts";
import { installLine } from "../suite/install-line.ts";
import type { CompilerProblem } from "./compile-request.ts";

/** A file in memory that imports what every generated test file imports: where these types are missing, no reply can mend it. */
export interface RunnerProbe {
  readonly path: string;
  readonly text: string;
}

/** A probe beside the first spec file of tests among these files; undefined when there is none. */
export function runnerProbe(files: readonly string[], layout: Layout): RunnerProbe | undefined {
  const spec = files.find((path) => /\.jaunt\.[mc]?tsx?$/.test(path) && roleOf(path, layout) === "test");
  if (spec === undefined) return undefined;
  const path = posix.join(posix.dirname(spec), layout.generatedDir, "jaunt-runner.test.ts");
  const text = `import assert from "node:assert/strict";\nimport { test } from "${layout.testRunner}";\n\nassert.ok(test);\n`;
  return { path, text };
}

/** What a compiler's complaint about the runner's or Node's types means for a spec file of tests; undefined for any other complaint. */
export function runnerDiagnostic(
  { code, message }: CompilerProblem,
  specPath: string,
  io: TargetIo,
): Diagnostic | undefined {
  const [, specifier = ""] = /'(vitest|node:test|node:assert\/strict)'/.exec(message) ?? [];
  if (!unresolved.has(code) || specifier === "") return undefined;
  const isVitest = specifier === "vitest";
  return {
    code: "test/runner-missing",
    severity: "error",
    message: `Generated tests import ${specifier}, which cannot be found from here.`,
    file: specPath,
    hint: isVitest
      ? `Run \`${installLine("vitest", io)}\`, or set runner = "node:test" under [test] in jaunt.toml.`
      : `Run \`${installLine("@types/node", io)}\`; where tsconfig.json sets types, name "node" there.`,
  };
}

/** TS2307, TS2591, TS2792, TS7016: a module or its types cannot be found. */
const unresolved: ReadonlySet<number> = new Set([2307, 2591, 2792, 7016]);
