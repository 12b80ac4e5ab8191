import { setImmediate } from "node:timers/promises";
import { JauntError, type Conventions, type ModuleId, type Role, type SpecModule } from "@jaunt/core";
import type { GeneratedFile } from "@jaunt/core/plan";
import { recordsAtHand } from "./cache/analysis-memory.ts";
import { readAnalysis, writeAnalysis, type AnalysisRecords, type KeepRecord } from "./cache/analysis-store.ts";
import { writeSummary, type SharedConventions, type Summary } from "./cache/summary-store.ts";
import { openLoadedProject, type LoadedProject, type ProjectParts } from "./loaded-project.ts";
import { planProject, replanModules } from "./plan/plan-project.ts";
import type { ProjectContext } from "./project-context.ts";
import { languageOf, openLanguages, type OpenLanguage, type OpenLanguages } from "./read/open-languages.ts";
import { createLookup } from "./read/project-lookup.ts";
import { readGenerated } from "./read/read-generated.ts";
import { placeSpec, readSpecs, type LoadedModule, type SpecPlace } from "./read/read-specs.ts";
import { withPauses } from "./read/with-pauses.ts";
import { sharedConventions } from "./render/shared-conventions.ts";
import { analysisKey, surveyProject, type Survey } from "./survey-project.ts";
import { readFailure, type FailureRecord } from "./write/failure-report.ts";

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
  // A watch looks too often to write everything each time.
  const save = options.save !== false && context.memory === undefined;
  return openLoadedProject(context, await load(context, survey, { ...options, save }));
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
  const rebuilt = known === undefined ? undefined : rebuiltModules(survey, known);
  if (known === undefined || rebuilt === undefined) return analyse(context, survey, opened, options);
  const parts = reopen(context, survey, opened, known.summary);
  if (rebuilt.size === 0) return parts;
  const summary = { ...known.summary, modules: replanModules(context, openLoadedProject(context, parts), rebuilt) };
  if (options.save !== false) save(survey, summary);
  return { ...parts, summary };
}

/**
 * The modules whose built files are all that changed; undefined when something else did, or when so many did that looking at
 * everything is no more work.
 */
function rebuiltModules(
  { failureFiles }: Survey,
  { summary, changed }: NonNullable<Survey["known"]>,
): ReadonlySet<ModuleId> | undefined {
  if (changed.length === 0) return new Set();
  // What failed holds up others, whose state then is not their own alone.
  if (failureFiles.length > 0 || changed.length > summary.modules.length / 4) return undefined;
  const files = new Set(changed);
  const rebuilt = summary.modules.flatMap(({ id, state, generatedPath }) =>
    state !== "orphaned" && files.has(generatedPath) ? [id] : [],
  );
  return rebuilt.length === files.size ? new Set(rebuilt) : undefined;
}

/** What is known of a project that is as it was when `summary` was made. */
function reopen(context: ProjectContext, survey: Survey, opened: OpenLanguages, summary: Summary): ProjectParts {
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
    records: lateRecords(() => recordsOf(context, survey, opened.languages)),
  };
}

function recordsOf(
  context: ProjectContext,
  { analysisFile }: Survey,
  languages: readonly OpenLanguage[],
): AnalysisRecords {
  const key = analysisKey(context, languages);
  return context.memory?.read(key) ?? readAnalysis(analysisFile, key);
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
  const key = analysisKey(context, opened.languages);
  const atHand = writes && context.memory === undefined ? undefined : recordsAtHand();
  const writer = writes ? writeAnalysis(survey.analysisFile, key) : undefined;
  try {
    const read = await readProject(context, survey, opened, (record) => {
      atHand?.add(record);
      writer?.add(record);
    });
    if (atHand !== undefined) context.memory?.keep(key, atHand);
    // What was read of the old file in this turn is closed in the next, and not every system replaces a file that is open.
    await setImmediate();
    writer?.commit();
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
  // Where the records are not kept anyway it is text, for most of it is compared once and all of it together is large.
  const generated = new Map<string, GeneratedFile | string>();
  const readInto = (path: string, language: OpenLanguage | undefined): void => {
    const read = language === undefined ? undefined : readGenerated(path, language.target, ledger, cached);
    if (read === undefined) return;
    generated.set(path, context.memory === undefined ? JSON.stringify(read.file) : read.file);
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
        return typeof known === "string" ? (JSON.parse(known) as GeneratedFile) : known;
      },
    },
    failures,
  });
  return {
    summary: {
      modules: plan.modules,
      shared: shareConventions(specs.modules.values(), context.memory?.conventions),
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

function shareConventions(
  modules: Iterable<LoadedModule>,
  known = new WeakMap<SpecModule, Conventions>(),
): readonly SharedConventions[] {
  const shared = new Map<string, SharedConventions>();
  for (const { module, role, language } of modules) {
    const { reader, target, layout } = language;
    const key = `${role} ${reader.language}`;
    const own = known.get(module) ?? target.conventions(module, layout);
    known.set(module, own);
    const before = shared.get(key)?.conventions;
    const conventions = sharedConventions(before === undefined ? [own] : [before, own]);
    shared.set(key, { language: reader.language, role, conventions });
  }
  return [...shared.values()];
}
