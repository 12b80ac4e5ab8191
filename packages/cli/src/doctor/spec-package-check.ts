import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { SpecModule } from "@jaunt/core";
import type { Project } from "@jaunt/orchestrator";
import { installLine } from "../project/install-line.ts";
import { packageFolder } from "../project/resolve-module.ts";
import type { DoctorCheck } from "../report.ts";
import { fail, ok, warn } from "./results.ts";

const markerPackage = "@jaunt/spec";

/**
 * Whether `@jaunt/spec` can be found from the spec files that import it, and is a real dependency where built code loads such a
 * file at run time because it holds hand-written values.
 */
export function checkSpecPackage(project: Project, modules: readonly SpecModule[]): readonly DoctorCheck[] {
  const users = modules.filter(usesMarkers);
  if (users.length === 0) return [];
  const absent = users.find(
    ({ path }) => packageFolder(markerPackage, dirname(join(project.root, path))) === undefined,
  );
  if (absent !== undefined) {
    const flag = needsAtRunTime(absent) ? { dev: false } : {};
    return [
      fail(
        "spec-package",
        `${absent.path} imports ${markerPackage}, which is not installed`,
        `Run \`${installLine(project.root, [markerPackage], flag)}\`.`,
      ),
    ];
  }
  const undeclared = users
    .filter(needsAtRunTime)
    .find(({ path }) => !isRunTimeDependency(dirname(join(project.root, path))));
  if (undeclared === undefined) return [ok("spec-package", `${markerPackage} is installed`)];
  return [
    warn(
      "spec-package",
      `built code loads ${undeclared.path}, which imports ${markerPackage}, but package.json does not list that under dependencies`,
      `Run \`${installLine(project.root, [markerPackage], { dev: false })}\`.`,
    ),
  ];
}

function usesMarkers({ outline }: SpecModule): boolean {
  return outline.imports.some(({ specifier, typeOnly }) => specifier === markerPackage && !typeOnly);
}

/** Tests run where development dependencies are installed. */
function needsAtRunTime({ role, outline }: SpecModule): boolean {
  if (role === "test") return false;
  return (
    outline.declarations.some(({ kind, exported }) => kind !== "type" && exported) ||
    outline.reexports.some(({ typeOnly }) => !typeOnly)
  );
}

function isRunTimeDependency(folder: string): boolean {
  for (let current = folder; ; current = dirname(current)) {
    const file = join(current, "package.json");
    if (existsSync(file)) return declares(readFileSync(file, "utf8"));
    if (dirname(current) === current) return true;
  }
}

function declares(text: string): boolean {
  try {
    const manifest = JSON.parse(text.replace(/^\uFEFF/, "")) as Partial<
      Record<string, Readonly<Record<string, string>>>
    >;
    return ["dependencies", "peerDependencies", "optionalDependencies"].some(
      (section) => manifest[section]?.[markerPackage] !== undefined,
    );
  } catch {
    return true;
  }
}
