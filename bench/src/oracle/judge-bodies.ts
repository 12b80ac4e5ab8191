import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { Backend, Diagnostic } from "@jaunt/core";
import { openProject } from "@jaunt/orchestrator";
import { createTypescriptTarget, typescriptReader } from "@jaunt/typescript";
import { compareSource } from "./corpus.ts";

/** A body with the spec it has to pass. */
export interface BodyCase {
  readonly spec: string;
  readonly body: string;
}

/** What a build said of a body: `types` stands for all that comes before anything runs. */
export interface Verdict {
  readonly accepted: boolean;
  readonly rejectedBy: readonly ("types" | "examples" | "properties" | "nothing known")[];
  readonly errors: readonly Diagnostic[];
}

/** Builds a project of one module per body, with one attempt each, through all checks. `right` are the bodies to compare with, by id. */
export async function judgeBodies(
  cases: readonly BodyCase[],
  right: ReadonlyMap<string, string>,
): Promise<readonly Verdict[]> {
  const root = mkdtempSync(join(tmpdir(), "jaunt-bench-oracle-"));
  try {
    writeProject(root, cases, right);
    const project = await openProject(root, {
      languages: [{ reader: typescriptReader, createTarget: (config) => createTypescriptTarget(config.typescript) }],
      createBackend: () => Promise.resolve(playing(cases)),
      toolVersion: "0.1.0",
    });
    const report = await project.build({ noCache: true }).finally(() => project.close());
    const failed = new Map(report.failed.map(({ module, diagnostics }) => [module, diagnostics]));
    const built = new Set(report.generated);
    return cases.map((_, index): Verdict => {
      const errors = (failed.get(moduleOf(index)) ?? []).filter(({ severity }) => severity === "error");
      return { accepted: built.has(moduleOf(index)), rejectedBy: [...new Set(errors.map(rungOf))], errors };
    });
  } finally {
    rmSync(root, { recursive: true });
  }
}

function rungOf({ code }: Diagnostic): Verdict["rejectedBy"][number] {
  if (code === "verify/example") return "examples";
  if (code === "verify/property") return "properties";
  return code.startsWith("verify/") || code.startsWith("internal/") ? "nothing known" : "types";
}

function moduleOf(index: number): string {
  return `src/cases/case${String(index)}`;
}

function playing(cases: readonly BodyCase[]): Backend {
  return {
    apiVersion: 1,
    name: "bodies",
    generate({ label }) {
      const body = cases[Number(/\d+$/.exec(label)?.[0])]?.body ?? "";
      const usage = { input: 1, cacheRead: 0, cacheWrite: 0, output: 1, reasoning: 0 };
      return Promise.resolve({
        text: `\`\`\`ts\n${body}\n\`\`\`\n`,
        channel: "text",
        finish: "stop",
        model: "m",
        usage,
      });
    },
  };
}

function writeProject(root: string, cases: readonly BodyCase[], right: ReadonlyMap<string, string>): void {
  // The bodies were published for a compiler that is not strict.
  const compilerOptions = {
    strict: false,
    target: "es2022",
    module: "nodenext",
    noEmit: true,
    skipLibCheck: true,
    types: [],
  };
  const files: Record<string, string> = {
    "jaunt.toml": `version = 1\n[llm]\nprovider = "bodies"\nmax_cost_per_build = 1000\nmax_tokens_per_build = 1000000000\n[build]\njobs = 4\nmax_attempts = 1\n[paths]\ntest_roots = []\n`,
    "package.json": '{ "name": "oracle", "private": true, "type": "module" }',
    "tsconfig.json": JSON.stringify({ compilerOptions, include: ["src"] }),
    "src/right/compare.ts": compareSource,
  };
  for (const [id, body] of right) files[`src/right/${id}.ts`] = body;
  for (const [index, { spec }] of cases.entries()) files[`${moduleOf(index)}.jaunt.ts`] = spec;
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
}
