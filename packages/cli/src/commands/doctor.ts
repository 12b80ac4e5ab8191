import { JauntError } from "@jaunt/core";
import type { Language, Project } from "@jaunt/orchestrator";
import type { GlobalOptions } from "../command-line/invocation.ts";
import { checkSharedCache } from "../doctor/cache-check.ts";
import { checkIgnored, checkLock, checkNode, checkTool } from "../doctor/machine-checks.ts";
import { checkProvider } from "../doctor/provider-checks.ts";
import { readModules } from "../doctor/read-modules.ts";
import { checkSpecPackage } from "../doctor/spec-package-check.ts";
import { checkSpecs } from "../doctor/spec-checks.ts";
import { checkTestTools } from "../doctor/test-tools-check.ts";
import { failOf, ok } from "../doctor/results.ts";
import { configFile, findRoot } from "../project/find-root.ts";
import type { DoctorCheck, DoctorReport } from "../report.ts";
import type { CommandContext } from "./command-context.ts";
import { withProject } from "./with-project.ts";

/** Looks at everything a build needs, and says of each problem what mends it. Calls no model and changes nothing. */
export async function runDoctor(globals: GlobalOptions, context: CommandContext): Promise<DoctorReport> {
  const { terminal, version } = context;
  const startedAt = terminal.now();
  const checks: DoctorCheck[] = [checkNode(terminal.nodeVersion), ok("jaunt", version)];
  try {
    const root = findRoot(terminal.cwd, globals.root);
    checks.push(
      ...(await checkProject(root, globals, context)),
      checkTool("typescript", root),
      checkIgnored(root),
      checkLock(root, terminal.isAlive),
    );
  } catch (error) {
    checks.push(failOf("config", error));
  }
  return {
    schema: "jaunt.doctor/1",
    command: "doctor",
    ok: checks.every(({ status }) => status !== "fail"),
    checks,
    duration_seconds: (terminal.now() - startedAt) / 1000,
  };
}

/** A configuration that cannot be read is a finding; what does not depend on it is looked at all the same. */
async function checkProject(
  root: string,
  globals: GlobalOptions,
  context: CommandContext,
): Promise<readonly DoctorCheck[]> {
  const checks: DoctorCheck[] = [];
  try {
    await withProject(globals, context, async ({ project, languages }) => {
      checks.push(ok("config", `${configFile} in ${root}`));
      checks.push(
        ...(await checkProvider(project.config, {
          root,
          env: context.terminal.env,
          providers: context.services.providers,
        })),
      );
      checks.push(...(await checkModules(project, languages)));
      checks.push(...(await checkSharedCache(project)));
    });
  } catch (error) {
    if (!JauntError.isInstance(error) || error.exitCode === 130) throw error;
    checks.push(failOf("config", error));
  }
  return checks;
}

async function checkModules(project: Project, languages: readonly Language[]): Promise<readonly DoctorCheck[]> {
  const { checks, modules } = await checkSpecs(project);
  const read = readModules(modules, project, languages);
  return [...checks, ...checkSpecPackage(project, read), ...checkTestTools(project, read)];
}
