import { formatHeader, parseGenerated } from "@jaunt/core/header";
import { explainChanges } from "../contract/explain-changes.ts";
import { contractStore, recordContracts } from "../contract/project-contracts.ts";
import { restampAdvisory } from "../contract/restamp-advisory.ts";
import { noUsage } from "../generate/usage.ts";
import { casesToRun, evidenceOf, verifyExamples } from "../generate/verify-examples.ts";
import { bodyBytes } from "../read/read-generated.ts";
import { removeFailure } from "../write/failure-report.ts";
import { readProjectText } from "../write/read-project-text.ts";
import { writeOutput } from "../write/write-output.ts";
import { endModule } from "./build-run.ts";
import type { ModuleBuild } from "./module-build.ts";

/**
 * Keeps a body that still passes against today's project, under today's digests, and says by what evidence. False when it does
 * not pass, or cannot be judged.
 */
export async function restamp(
  { run, id, planned, loaded, source, digests }: ModuleBuild,
  startedAt: number,
): Promise<boolean> {
  const { context, project, signal, tally } = run;
  const { paths, language } = loaded;
  const { target, layout } = language;
  const text = readProjectText(context.root, paths.generated);
  const parsed = text === undefined ? undefined : parseGenerated(text, target.lineComment);
  if (target.checkFiles === undefined || parsed === undefined || !("header" in parsed)) return false;
  const found = await target.checkFiles([paths.generated], layout, context.io());
  if (signal.aborted || found.some(({ severity }) => severity === "error")) return false;
  const cases = casesToRun(run, source);
  const examples = await verifyExamples(target, { source, layout }, cases, { ...context.io(), signal });
  if (signal.aborted || examples.failed > 0) return false;
  const changes = explainChanges(project, contractStore(context), planned);
  const { moduleDigest, parts } = digests;
  const header = {
    ...parsed.header,
    toolVersion: context.options.toolVersion,
    moduleDigest,
    parts,
    bodyBytes: bodyBytes(parsed.body),
  };
  if (writeOutput(context, paths.generated, formatHeader(header, target.lineComment) + parsed.body, loaded.module.role))
    tally.written.push(paths.generated);
  recordContracts(context, project, id);
  removeFailure(context.root, id);
  const message = restampAdvisory(id, evidenceOf(examples), changes);
  endModule(run, {
    module: id,
    outcome: "restamped",
    attempts: 0,
    usage: noUsage,
    startedAt,
    examples: { passed: examples.passed, notRun: examples.skipped },
    diagnostics: [{ code: "build/restamped", severity: "info", message, file: paths.generated }],
  });
  return true;
}
