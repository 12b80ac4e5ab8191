import { JauntError, type Diagnostic, type ModuleId } from "@jaunt/core";
import type { Project } from "@jaunt/orchestrator";
import { formatCount } from "../render/format.ts";
import type { DoctorCheck } from "../report.ts";
import { fail, failOf, ok, warn } from "./results.ts";

/** Whether the specs can be read, and whether a tsconfig includes them. */
export async function checkSpecs(
  project: Project,
): Promise<{ readonly checks: readonly DoctorCheck[]; readonly modules: readonly ModuleId[] }> {
  try {
    const { modules, diagnostics } = await project.status();
    const ids = Object.keys(modules);
    const errors = diagnostics.filter(({ severity }) => severity === "error");
    const ofTsconfig = diagnostics.filter(
      (diagnostic) => isAboutTsconfig(diagnostic) && diagnostic.severity !== "info",
    );
    const checks = [
      checkReadable(
        ids.length,
        errors.filter((diagnostic) => !isAboutTsconfig(diagnostic)),
      ),
      checkTsconfig(ofTsconfig),
    ];
    return { checks, modules: ids };
  } catch (error) {
    if (!JauntError.isInstance(error) || error.exitCode === 130) throw error;
    return { checks: [error.code === "no-specs" ? noSpecs(error) : failOf("specs", error)], modules: [] };
  }
}

/** A project that was just set up has none, which is no fault. */
function noSpecs({ message, hint }: JauntError): DoctorCheck {
  return warn("specs", message, hint ?? "Write a spec.");
}

function checkReadable(count: number, errors: readonly Diagnostic[]): DoctorCheck {
  const [first] = errors;
  if (first === undefined) return ok("specs", formatCount(count, "spec module"));
  return fail(
    "specs",
    `${formatCount(errors.length, "error")}; first ${locate(first)}`,
    first.hint ?? "`jaunt status` shows all of them.",
  );
}

function checkTsconfig(diagnostics: readonly Diagnostic[]): DoctorCheck {
  const [first] = diagnostics;
  if (first === undefined) return ok("tsconfig", "includes every spec file");
  const check = diagnostics.some(({ severity }) => severity === "error") ? fail : warn;
  const more = diagnostics.length > 1 ? ` (and ${formatCount(diagnostics.length - 1, "more problem")})` : "";
  return check(
    "tsconfig",
    `${locate(first)}${more}`,
    first.hint ?? 'Add the folder of your specs to "include" in tsconfig.json.',
  );
}

function isAboutTsconfig({ code }: Diagnostic): boolean {
  return code.startsWith("tsconfig/");
}

function locate({ file, start, message }: Diagnostic): string {
  const place =
    file === undefined ? "" : `${file}${start === undefined ? "" : `:${String(start.line)}:${String(start.column)}`}: `;
  return `${place}${message}`;
}
