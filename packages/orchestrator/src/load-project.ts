import { statSync } from "node:fs";
import { setImmediate } from "node:timers/promises";
import { JauntError, type ModuleId, type Role } from "@jaunt/core";
import type { GeneratedFile } from "@jaunt/core/plan";
import {
  appendAnalysis,
  joinRecords,
  readAnalysis,
  recordsAtHand,
  writeAnalysis,
  type AnalysisRecord,
  type AnalysisRecords,
  type KeepRecord,
} from "./cache/analysis-store.ts";
import { writeSummary, type SharedConventions, type Summary } from "./cache/summary-store.ts";
import { openLoadedProject, type LoadedProject, type ProjectParts } from "./loaded-project.ts";
import { modulesToReplan } from "./plan/modules-to-replan.ts";
import { planProject, replanModules } from "./plan/plan-project.ts";
import type { ProjectContext } from "./project-context.ts";
import { languageOf, openLanguages, type OpenLanguage, type OpenLanguages } from "./read/open-languages.ts";
import { createLookup } from "./read/project-lookup.ts";
import { readGenerated } from "./read/read-generated.ts";
import { placeSpec, readSpecs, type LoadedModule, type SpecPlace } from "./read/read-specs.ts";
import { withPauses } from "./read/with-pauses.ts";
import { sharedConventions } from "./render/shared-conventions.ts";
import { analysisKey, surveyProject, type KnownProject, type Survey } from "./survey-project.ts";
import { readFailure, type FailureRecord } from "./write/failure-report.ts";
import { removeFile } from "./write/remove-file.ts";

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
  if (survey.known?.changed.length === 0) return survey.known.summary;
  return (await load(context, survey, options)).summary;
}

/** A project to ask about, for commands that go on to do something. What its files say is read anew only when something changed. */
export async function loadProject(context: ProjectContext, options: LoadOptions = {}): Promise<LoadedProject> {
  const survey = surveyProject(context);
  refuseEmpty(context, survey, options);
  return openLoadedProject(context, await load(context, survey, options));
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

async function load(context: ProjectContext, survey: Survey, options: LoadOptions): Promise<ProjectParts> {
  const { known, roots, found, ledger } = survey;
  const paths = found.specs.map(({ path }) => path);
  const opened = await openLanguages(context, roots, paths, ledger);
  return (
    (known === undefined ? undefined : mend(context, survey, opened, known, options)) ??
    analyse(context, survey, opened, options)
  );
}

/** What is known of a project, with those modules judged anew that its edits concern; undefined when that may be any. */
function mend(
  context: ProjectContext,
  survey: Survey,
  opened: OpenLanguages,
  known: KnownProject,
  options: LoadOptions,
): ProjectParts | undefined {
  const edited: AnalysisRecord[] = [];
  const atHand = recordsAtHand();
  const earlier = lateRecords(() => recordsOf(context, survey, opened.languages));
  const parts = { ...reopen(survey, opened, known.summary), records: joinRecords(atHand, earlier) };
  const project = openLoadedProject(context, parts);
  const modules = modulesToReplan(context, survey, known, project, earlier, (record) => {
    atHand.add(record);
    edited.push(record);
  });
  if (modules === undefined || sizeOf(survey.editsFile) > mostEdits) return undefined;
  if (modules.size === 0) return parts;
  const summary = { ...known.summary, modules: replanModules(context, project, modules) };
  if (options.save !== false) {
    if (edited.length > 0) appendAnalysis(survey.editsFile, analysisKey(context, opened.languages), edited);
    save(survey, summary);
  }
  return { ...parts, summary };
}

/** Bytes of records beside the analysis file, from which on writing that again is worth it. */
const mostEdits = 1 << 22;

function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}

/** What is known of a project without looking at more than where its files are. */
function reopen(survey: Survey, opened: OpenLanguages, summary: Summary): Omit<ProjectParts, "records"> {
  const { found, ledger } = survey;
  const known = new Set(summary.modules.flatMap(({ id, state }) => (state === "orphaned" ? [] : [id])));
  const places = new Map<ModuleId, SpecPlace>();
  for (const { path, role } of found.specs) {
    const language = languageOf(path, opened.languages);
    const id = language?.reader.moduleId(path);
    if (language !== undefined && id !== undefined && known.has(id))
      places.set(id, placeSpec(id, path, role, language, ledger.hash(path)));
  }
  return {
    survey,
    opened,
    summary,
    places: new Map([...places].sort(([left], [right]) => (left < right ? -1 : 1))),
    broken: [],
    failures: readFailures(survey),
  };
}

function recordsOf(
  context: ProjectContext,
  { analysisFile, editsFile }: Survey,
  languages: readonly OpenLanguage[],
): AnalysisRecords {
  const key = analysisKey(context, languages);
  return joinRecords(readAnalysis(editsFile, key), readAnalysis(analysisFile, key));
}

/** Records that are looked for when the first of them is asked for. */
function lateRecords(find: () => AnalysisRecords): AnalysisRecords {
  let found: AnalysisRecords | undefined;
  return { get: (kind, path, hash) => (found ??= find()).get(kind, path, hash) };
}

async function analyse(
  context: ProjectContext,
  survey: Survey,
  opened: OpenLanguages,
  { save: writes = true }: LoadOptions,
): Promise<ProjectParts> {
  const atHand = writes ? undefined : recordsAtHand();
  const writer = writes ? writeAnalysis(survey.analysisFile, analysisKey(context, opened.languages)) : undefined;
  try {
    const read = await readProject(context, survey, opened, (record) => {
      atHand?.add(record);
      writer?.add(record);
    });
    // What was read of the old file in this turn is closed in the next, and not every system replaces a file that is open.
    await setImmediate();
    if (writer?.commit() === true) removeFile(survey.editsFile);
    if (writes) save(survey, read.summary);
    const records = atHand ?? lateRecords(() => recordsOf(context, survey, opened.languages));
    return { survey, opened, ...read, records };
  } finally {
    writer?.close();
  }
}

function save({ summaryFile, summaryKey, ledger, startedAt }: Survey, summary: Summary): void {
  writeSummary(summaryFile, summaryKey, { ledger: ledger.data(startedAt), summary });
}

/** Reads, links, hashes and plans all there is. */
async function readProject(
  context: ProjectContext,
  survey: Survey,
  { languages, diagnostics }: OpenLanguages,
  keep: KeepRecord,
): Promise<Pick<ProjectParts, "summary" | "places" | "broken" | "failures">> {
  const { found, ledger } = survey;
  const cached = recordsOf(context, survey, languages);
  const specs = await readSpecs(found.specs, languages, ledger, cached, keep);
  const lookup = createLookup(specs, languages, ledger, cached, keep);
  // As text, for most of it is compared once and all of it together is large.
  const generated = new Map<string, string>();
  const readInto = (path: string, language: OpenLanguage | undefined): void => {
    const read = language === undefined ? undefined : readGenerated(path, language.target, ledger, cached);
    if (read === undefined) return;
    generated.set(path, JSON.stringify(read.file));
    keep(read.record);
  };
  for await (const { paths, language } of withPauses(specs.modules.values())) readInto(paths.generated, language);
  for await (const path of withPauses(found.generated)) if (!generated.has(path)) readInto(path, languages[0]);
  const failures = readFailures(survey);
  const { plan, diagnostics: ofPlan } = planProject({
    context,
    specs,
    lookup,
    generated: {
      paths: [...generated.keys()],
      get(path) {
        const known = generated.get(path);
        return known === undefined ? undefined : (JSON.parse(known) as GeneratedFile);
      },
    },
    failures,
  });
  return {
    summary: {
      modules: plan.modules,
      shared: shareConventions(specs.modules.values()),
      diagnostics: [...found.diagnostics, ...diagnostics, ...specs.diagnostics, ...ofPlan],
    },
    places: new Map(
      [...specs.modules].map(([id, { path, role, paths, language, hash }]) => [
        id,
        { path, role, paths, language, hash },
      ]),
    ),
    broken: specs.broken,
    failures,
  };
}

function readFailures({ failureFiles, ledger }: Survey): ReadonlyMap<ModuleId, FailureRecord> {
  const records = failureFiles
    .map((path) => readFailure(ledger.bytes(path)?.toString("utf8") ?? ""))
    .filter((record) => record !== undefined);
  return new Map(records.map((record) => [record.module, record]));
}

function shareConventions(modules: Iterable<LoadedModule>): readonly SharedConventions[] {
  const shared = new Map<string, SharedConventions>();
  for (const { module, role, language } of modules) {
    const { reader, target, layout } = language;
    const key = `${role} ${reader.language}`;
    const own = target.conventions(module, layout);
    const before = shared.get(key)?.conventions;
    const conventions = sharedConventions(before === undefined ? [own] : [before, own]);
    shared.set(key, { language: reader.language, role, conventions });
  }
  return [...shared.values()];
}
