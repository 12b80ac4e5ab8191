import { JauntError, type Diagnostic, type ModuleId, type Role, type SpecModule, type SpecSource } from "@jaunt/core";
import { findOrigins, type SpecGraph } from "@jaunt/core/graph";
import type { GeneratedFile, ModuleDigests, Plan } from "@jaunt/core/plan";
import { readAnalysis, writeAnalysis, type AnalysisRecord, type AnalysisRecords } from "./cache/analysis-store.ts";
import { writeSummary, type Summary, type SummaryModule } from "./cache/summary-store.ts";
import { planProject, type ProjectPlan } from "./plan/plan-project.ts";
import type { ProjectContext } from "./project-context.ts";
import { openLanguages, type OpenLanguage } from "./read/open-languages.ts";
import { createLookup, type ProjectLookup } from "./read/project-lookup.ts";
import { readGenerated } from "./read/read-generated.ts";
import { readSpecs, type LoadedModule, type ReadSpecs } from "./read/read-specs.ts";
import { withPauses } from "./read/with-pauses.ts";
import { analysisKey, surveyProject, type Survey } from "./survey-project.ts";
import { readFailure, type FailureRecord } from "./write/failure-report.ts";

/** A project as it is on disk at one moment: read, linked, hashed and planned. */
export interface LoadedProject {
  /** In code-unit order of ids. */
  readonly modules: ReadonlyMap<ModuleId, LoadedModule>;
  readonly languages: readonly OpenLanguage[];
  readonly graph: SpecGraph;
  readonly digests: ReadonlyMap<ModuleId, ModuleDigests>;
  readonly plan: Plan;
  /** Every file in generated folders, by path. */
  readonly generated: ReadonlyMap<string, GeneratedFile>;
  readonly failures: ReadonlyMap<ModuleId, FailureRecord>;
  /** Files in the roots that were never finished, or are being written right now. */
  readonly temporary: readonly string[];
  readonly diagnostics: readonly Diagnostic[];
  /** False when a language could not make sense of the project's own configuration: nothing should be generated then. */
  readonly configured: boolean;
  /** Files, there or not, that concern every module: `jaunt.toml` and what targets were configured from. */
  readonly configurationFiles: readonly string[];
  /** How names lead from file to file. */
  readonly lookup: ProjectLookup;
  readonly summary: Summary;
  /** What `SpecSource.definedIn` holds for a module. Linked on first use. */
  originsOf(module: SpecModule): NonNullable<SpecSource["definedIn"]>;
}

export interface LoadOptions {
  /** False writes no cache. */
  readonly save?: boolean;
  /** True gives an empty project where there is no spec file. */
  readonly allowEmpty?: boolean;
  /** What there must be specs of. Default: of anything. */
  readonly needs?: Role;
}

/** Only the outcome of planning: straight from the cache when nothing that it was drawn from has changed. */
export async function loadSummary(context: ProjectContext, options: LoadOptions = {}): Promise<Summary> {
  const survey = surveyProject(context);
  refuseEmpty(context, survey, options);
  const summary = survey.unchanged();
  return summary ?? (await analyse(context, survey, options)).summary;
}

/** Everything about a project, for commands that go on to do something. */
export async function loadProject(context: ProjectContext, options: LoadOptions = {}): Promise<LoadedProject> {
  const survey = surveyProject(context);
  refuseEmpty(context, survey, options);
  const unchanged = survey.unchanged() !== undefined;
  // A watch looks too often to write everything each time.
  const save = options.save !== false && !unchanged && context.memory === undefined;
  return analyse(context, survey, { ...options, save });
}

function refuseEmpty(
  { config, options: { languages } }: ProjectContext,
  { found }: Survey,
  { allowEmpty = false, needs }: LoadOptions,
): void {
  const counts = found.specs.some(({ role }) => needs === undefined || role === needs);
  if (allowEmpty || counts || found.diagnostics.length > 0) return;
  const patterns = languages.flatMap(({ reader }) => reader.patterns).join(", ");
  const onlyTests = found.specs.length > 0;
  const what = onlyTests ? "No spec file of code" : "No spec file";
  throw new JauntError(`${what} was found: looked for ${patterns} in ${config.paths.source_roots.join(", ")}.`, {
    code: "no-specs",
    hint: `Write a spec file there, or correct \`[paths] source_roots\` in jaunt.toml.${onlyTests ? " There are specs of tests: `jaunt test` is for those." : ""}`,
    exitCode: 2,
  });
}

async function analyse(context: ProjectContext, survey: Survey, { save = true }: LoadOptions): Promise<LoadedProject> {
  const { found, ledger, roots } = survey;
  const { languages, diagnostics, configurationFiles } = await openLanguages(
    context,
    roots,
    found.specs.map(({ path }) => path),
    ledger,
  );
  const key = analysisKey(context, languages);
  const cached = context.memory?.read(key) ?? readAnalysis(survey.analysisFile, key);
  const { specs, lookup, generated, records, failures, planned } = await readProject(
    context,
    survey,
    languages,
    cached,
  ).finally(() => cached.close());
  const all = [...found.diagnostics, ...diagnostics, ...specs.diagnostics, ...planned.diagnostics];
  const summary: Summary = { modules: summarise(planned.plan, specs.modules), diagnostics: all };
  context.memory?.keep(key, records);
  if (save) {
    writeAnalysis(survey.analysisFile, key, records);
    writeSummary(survey.summaryFile, survey.summaryKey, { ledger: ledger.data(survey.startedAt), summary });
  }
  const { graph, digests, plan } = planned;
  let find: ReturnType<typeof findOrigins> | undefined;
  const originsOf = (module: SpecModule): NonNullable<SpecSource["definedIn"]> => {
    find ??= findOrigins(
      [...specs.modules.values()].map((loaded) => loaded.module),
      lookup,
    );
    return find(module);
  };
  return {
    modules: specs.modules,
    languages,
    graph,
    digests,
    plan,
    generated,
    failures,
    temporary: found.temporary,
    diagnostics: all,
    configurationFiles: ["jaunt.toml", ...configurationFiles],
    lookup,
    configured: !diagnostics.some(({ severity }) => severity === "error"),
    summary,
    originsOf,
  };
}

interface ReadProject {
  readonly specs: ReadSpecs;
  readonly lookup: ProjectLookup;
  readonly generated: ReadonlyMap<string, GeneratedFile>;
  readonly records: readonly AnalysisRecord[];
  readonly failures: ReadonlyMap<ModuleId, FailureRecord>;
  readonly planned: ProjectPlan;
}

async function readProject(
  context: ProjectContext,
  survey: Survey,
  languages: readonly OpenLanguage[],
  cached: AnalysisRecords,
): Promise<ReadProject> {
  const { found, ledger } = survey;
  const specs = await readSpecs(found.specs, languages, ledger, cached);
  const lookup = createLookup(specs, languages, ledger, cached);
  const generated = new Map<string, GeneratedFile>();
  const records: AnalysisRecord[] = [];
  const readInto = (path: string, language: OpenLanguage | undefined): void => {
    const read = language === undefined ? undefined : readGenerated(path, language.target, ledger, cached);
    if (read === undefined) return;
    generated.set(path, read.file);
    records.push(read.record);
  };
  for await (const { paths, language } of withPauses(specs.modules.values())) readInto(paths.generated, language);
  for await (const path of withPauses(found.generated)) if (!generated.has(path)) readInto(path, languages[0]);
  const failures = readFailures(survey);
  const planned = planProject({ context, specs, lookup, generated, failures });
  return { specs, lookup, generated, records: [...specs.records, ...records, ...lookup.records], failures, planned };
}

function readFailures({ failureFiles, ledger }: Survey): ReadonlyMap<ModuleId, FailureRecord> {
  const records = failureFiles
    .map((path) => readFailure(ledger.bytes(path)?.toString("utf8") ?? ""))
    .filter((record) => record !== undefined);
  return new Map(records.map((record) => [record.module, record]));
}

function summarise(plan: Plan, modules: ReadonlyMap<ModuleId, LoadedModule>): readonly SummaryModule[] {
  return plan.modules
    .map(({ id, state, reasons, dependsOn, digests, generatedPath }): SummaryModule => {
      const facadePath = modules.get(id)?.paths.facade;
      return {
        id,
        state,
        reasons,
        dependsOn,
        generatedPath,
        ...(digests === undefined ? {} : { digest: digests.moduleDigest }),
        ...(facadePath === undefined ? {} : { facadePath }),
      };
    })
    .sort((left, right) => (left.id < right.id ? -1 : 1));
}
