import { openPaidBackend } from "../generate/paid-backend.ts";
import type { TestOptions } from "../project.ts";
import type { ProjectContext } from "../project-context.ts";
import type { TestReport } from "../reports.ts";
import { performTest } from "../suite/perform-test.ts";
import { runCommand } from "./run-command.ts";

/** Tests what is selected, building it first. @throws {JauntError} as a build does */
export function test(context: ProjectContext, options: TestOptions = {}): Promise<TestReport> {
  // One budget for code and tests.
  const shared = { ...context, paid: context.paid ?? openPaidBackend(context) };
  return runCommand(
    context,
    "test",
    async (elapsed) => ({ ...(await performTest(shared, options)), duration_seconds: elapsed() }),
    ({ build, failed, counts, interrupted }) =>
      !interrupted && failed.length === 0 && counts.failed === 0 && (build?.failed ?? []).length === 0,
  );
}
