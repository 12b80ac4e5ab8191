import type { Conventions, ModuleId, PromptPart, SpecSource } from "@jaunt/core";
import { moduleOfRef, specOfRef, type Edge } from "@jaunt/core/graph";
import { parseGenerated, type Header, type ParsedFile } from "@jaunt/core/header";
import type { SplicePlan } from "../generate/splice.ts";
import type { LoadedProject } from "../loaded-project.ts";
import type { ProjectContext } from "../project-context.ts";
import { readProjectText } from "../write/read-project-text.ts";
import { estimateTokens } from "./estimate-tokens.ts";
import {
  renderPrompt,
  type DependencyContract,
  type EarlierAttempt,
  type FacadeExports,
  type NamedText,
} from "./render-prompt.ts";
import { sharedConventions } from "./shared-conventions.ts";

/** Renders prompts for the modules of one loaded project. */
export interface PromptBuilder {
  conventions(module: ModuleId): Conventions;
  /** The prompt of an attempt. Dependencies are shown as they are on disk now, so that rebuilt ones count. */
  render(source: SpecSource, earlier: readonly EarlierAttempt[], splice?: SplicePlan): readonly PromptPart[];
}

/** A builder; nothing is computed before it is needed. */
export function createPromptBuilder(context: ProjectContext, project: LoadedProject): PromptBuilder {
  const conventions = new Map<ModuleId, Conventions>();
  const conventionsOf = (id: ModuleId): Conventions => {
    const known = conventions.get(id);
    const loaded = project.modules.get(id);
    if (known !== undefined || loaded === undefined) return known ?? sharedConventions([]);
    const made = loaded.language.target.conventions(loaded.module, loaded.language.layout);
    conventions.set(id, made);
    return made;
  };
  return {
    conventions: conventionsOf,
    render(source, earlier, splice) {
      const { id, role } = source.module;
      const isTest = role === "test";
      const { dependency_context: detail, max_dependency_tokens: maxDependencyTokens } = context.config.build;
      const needs = project.linksOf(id).edges.filter(({ to }) => moduleOfRef(to) !== id);
      return renderPrompt({
        templates: context.templates(role),
        module: source.module,
        text: source.text,
        conventions: conventionsOf(id),
        shared: project.sharedConventionsOf(source.module.language, role),
        contracts: contractsOf(needs, project),
        exports: isTest ? exportsOf(needs, project) : [],
        // A test that has seen how code works would be fitted to it.
        sources: detail === "source" && !isTest ? sourcesOf(needs, context.root, project) : [],
        maxDependencyTokens,
        types: typesOf(source, needs, context.root, project, maxDependencyTokens),
        handWritten: isTest ? handWrittenOf(source, context.root, project, maxDependencyTokens) : [],
        previous: previousOf(id, context.root, project),
        attempts: earlier,
        asked: splice?.asked ?? source.module.specs.map(({ name }) => name),
      });
    },
  };
}

function contractsOf(needs: readonly Edge[], { modules }: LoadedProject): readonly DependencyContract[] {
  const refs = [...new Set(needs.map(({ to }) => specOfRef(to)))].sort();
  return refs
    .map((ref) => modules.get(moduleOfRef(ref))?.module.specs.find((spec) => spec.ref === ref))
    .filter((spec) => spec !== undefined)
    .map(({ ref, signature, doc, members }) => {
      const memberDocs = members
        .filter((member) => member.doc !== "" && member.visibility === "public")
        .map((member) => `${member.name}: ${member.doc}`);
      return { ref, signature, doc: [doc, ...memberDocs].filter((text) => text !== "").join("\n\n") };
    });
}

/** What a spec names itself comes before what was inferred: the author meant it. */
function sourcesOf(needs: readonly Edge[], root: string, project: LoadedProject): readonly NamedText[] {
  const explicit = needs.filter(({ via }) => via === "link" || via === "input");
  const modules = [...new Set([...explicit, ...needs].map(({ to }) => moduleOfRef(to)))];
  return modules.flatMap((module) => {
    const text = bodyOf(module, root, project);
    const path = project.modules.get(module)?.paths.generated;
    return text === undefined || path === undefined ? [] : [{ path, text }];
  });
}

/** What was built from an earlier spec. Built from today's, it would only make a repeated prompt differ from the first. */
function previousOf(module: ModuleId, root: string, project: LoadedProject): string | undefined {
  const built = builtFile(module, root, project);
  return built?.header.moduleDigest === project.plannedOf(module)?.digest ? undefined : built?.body;
}

function bodyOf(module: ModuleId, root: string, project: LoadedProject): string | undefined {
  return builtFile(module, root, project)?.body;
}

/** A module's built file, taken apart; undefined before its first build. */
function builtFile(
  module: ModuleId,
  root: string,
  project: LoadedProject,
): Extract<ParsedFile, { readonly header: Header }> | undefined {
  const loaded = project.modules.get(module);
  const text = loaded === undefined ? undefined : readProjectText(root, loaded.paths.generated);
  if (loaded === undefined || text === undefined) return undefined;
  const parsed = parseGenerated(text, loaded.language.target.lineComment);
  return "header" in parsed && parsed.header.kind === loaded.role ? parsed : undefined;
}

/** What callers can import of the modules that are needed, by facade. */
function exportsOf(needs: readonly Edge[], project: LoadedProject): readonly FacadeExports[] {
  const modules = [...new Set(needs.map(({ to }) => moduleOfRef(to)))].sort();
  return modules.flatMap((id) => {
    const { module, paths } = project.modules.get(id) ?? {};
    if (module === undefined || paths?.facade === undefined) return [];
    const { declarations, reexports } = module.outline;
    const names = [
      ...module.specs.map(({ name }) => name),
      ...declarations.filter(({ exported }) => exported).map(({ name }) => name),
      ...reexports.map(({ exported }) => exported).filter((name) => name !== "*"),
    ];
    return [{ path: paths.facade, names: [...new Set(names)].sort() }];
  });
}

/** Files without specs that a spec file imports from: a test may be about hand-written code, which has no contract but itself. */
function handWrittenOf(
  { module }: SpecSource,
  root: string,
  { lookup }: LoadedProject,
  budget: number,
): readonly NamedText[] {
  const specifiers = new Set(module.outline.imports.flatMap(({ specifier, typeOnly }) => (typeOnly ? [] : specifier)));
  const found = [...specifiers].flatMap((specifier) => lookup.resolve(specifier, module.path) ?? []);
  const paths = [...new Set(found)].filter((path) => lookup.moduleAt(path) === undefined).sort();
  return withinBudget(paths, root, budget);
}

/** Files that declare types which this module's signatures reach, its own first, then those of what it needs; whole files within the budget. */
function typesOf(
  source: SpecSource,
  needs: readonly Edge[],
  root: string,
  project: LoadedProject,
  budget: number,
): readonly NamedText[] {
  const refs = [...source.module.specs.map(({ ref }) => ref), ...needs.map(({ to }) => specOfRef(to)).sort()];
  const paths = new Set(
    refs
      .flatMap((ref) => project.linksOf(moduleOfRef(ref)).types.get(ref) ?? [])
      .map(({ name }) => name.slice(0, name.lastIndexOf("#"))),
  );
  paths.delete(source.module.path);
  return withinBudget([...paths], root, budget);
}

/** Whole files, as long as there is room. */
function withinBudget(paths: readonly string[], root: string, budget: number): readonly NamedText[] {
  let left = budget;
  return paths.flatMap((path) => {
    const text = readProjectText(root, path);
    const cost = text === undefined ? 0 : estimateTokens(text);
    if (text === undefined || cost > left) return [];
    left -= cost;
    return [{ path, text }];
  });
}
