import { dirname, join } from "node:path";
import type { SpecModule } from "@jaunt/core";
import type { Project } from "@jaunt/orchestrator";
import { installLine } from "../project/install-line.ts";
import { packageFolder } from "../project/resolve-module.ts";
import type { DoctorCheck } from "../report.ts";
import { ok, warn } from "./results.ts";

/** Whether what `jaunt test` runs these modules' tests, examples and properties with is installed. Builds do without. */
export function checkTestTools({ root, config }: Project, modules: readonly SpecModule[]): readonly DoctorCheck[] {
  const tested = modules.filter(({ role, specs }) => role === "test" || specs.some(hasCases));
  if (tested.length === 0) return [];
  const hasProperties = modules.some(({ specs }) => specs.some(({ properties = [] }) => properties.some(isChecked)));
  const needed = [...(config.test.runner === "vitest" ? ["vitest"] : []), ...(hasProperties ? ["fast-check"] : [])];
  const from = join(root, dirname(tested[0]?.path ?? ""));
  const missing = needed.filter((name) => packageFolder(name, from) === undefined);
  if (missing.length === 0) return [ok("test-tools", [...new Set([config.test.runner, ...needed])].join(", "))];
  return [
    warn(
      "test-tools",
      `\`jaunt test\` needs ${missing.join(" and ")}, which cannot be found from here`,
      `Run \`${installLine(root, missing)}\`.`,
    ),
  ];
}

function hasCases({ examples, properties = [] }: SpecModule["specs"][number]): boolean {
  return examples.some(({ call }) => call !== undefined) || properties.some(isChecked);
}

function isChecked({ invariant }: { readonly invariant?: string }): boolean {
  return invariant !== undefined;
}
