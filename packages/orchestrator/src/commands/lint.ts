import type { Diagnostic, ModuleId, SpecRef } from "@jaunt/core";
import { moduleOfRef, specOfRef } from "@jaunt/core/graph";
import { explainByForm } from "../lint/lint-case.ts";
import { lintModule, type LintedModule } from "../lint/lint-module.ts";
import { lintTests } from "../lint/lint-tests.ts";
import { loadProject } from "../load-project.ts";
import type { LoadedProject } from "../loaded-project.ts";
import { noteEmptySelection, selectTargets } from "../plan/select.ts";
import type { LintOptions } from "../project.ts";
import type { ProjectContext } from "../project-context.ts";
import { readSource } from "../read/read-source.ts";
import type { LintReport, SpecLint } from "../reports.ts";
import { runCommand } from "./run-command.ts";

/** Says which examples and properties are checked, and which promises of the docs nothing checks. Calls nobody and writes nothing. */
export function lint(context: ProjectContext, { strict = false, ...selection }: LintOptions = {}): Promise<LintReport> {
  return runCommand(
    context,
    "lint",
    async (elapsed) => {
      const project = await loadProject(context, { save: false });
      const selected = selectTargets(project, selection);
      const links = testLinks(project);
      const linted = selected.flatMap((id): readonly (readonly [ModuleId, LintedModule])[] => {
        const found = lintOne(context, project, id, links);
        return found === undefined ? [] : [[id, found]];
      });
      const findings = [...verifyNote(context), ...linted.flatMap(([, each]) => each.findings)];
      const code = linted.filter(([, { module }]) => module.role === "build").flatMap(([, { module }]) => module.specs);
      return {
        schema: "jaunt.lint/1",
        command: "lint",
        ok: !strict || !findings.some(({ severity }) => severity === "warning"),
        strict,
        modules: Object.fromEntries(linted.map(([id, { module }]) => [id, module])),
        totals: totalsOf(code),
        findings,
        diagnostics: [...project.diagnostics, ...noteEmptySelection(selection, selected)],
        duration_seconds: elapsed(),
      };
    },
    (report) => report.ok,
  );
}

/** Which test specs are about which specs, both ways. */
interface TestLinks {
  readonly targets: ReadonlyMap<SpecRef, readonly SpecRef[]>;
  /** Docs of test specs by the spec that they are about. */
  readonly docs: ReadonlyMap<SpecRef, readonly string[]>;
}

function testLinks({ linksOf, modules }: LoadedProject): TestLinks {
  const targets = new Map<SpecRef, SpecRef[]>();
  const docs = new Map<SpecRef, string[]>();
  const tests = [...modules].flatMap(([id, { role }]) => (role === "test" ? linksOf(id).edges : []));
  for (const { from, to } of tests) {
    if (modules.get(moduleOfRef(to))?.role !== "build") continue;
    const doc = modules.get(moduleOfRef(from))?.module.specs.find(({ ref }) => ref === specOfRef(from))?.doc ?? "";
    add(targets, specOfRef(from), specOfRef(to));
    add(docs, specOfRef(to), doc);
  }
  return { targets, docs };
}

function add(lists: Map<string, string[]>, key: string, value: string): void {
  const known = lists.get(key);
  if (known === undefined) lists.set(key, [value]);
  else if (!known.includes(value)) known.push(value);
}

function lintOne(
  context: ProjectContext,
  project: LoadedProject,
  id: ModuleId,
  { targets, docs }: TestLinks,
): LintedModule | undefined {
  const loaded = project.modules.get(id);
  if (loaded === undefined) return undefined;
  const source = readSource(context.root, loaded, project);
  if (loaded.role === "test") return lintTests(source, (ref) => targets.get(ref) ?? []);
  const { target, layout } = loaded.language;
  const explained = target.explainCases?.(source, layout, context.io()) ?? explainByForm(loaded.module);
  return lintModule(source, { explained, testsOf: (ref) => docs.get(ref) ?? [] });
}

function verifyNote({ config }: ProjectContext): readonly Diagnostic[] {
  if (config.build.verify !== "types") return [];
  return [
    {
      code: "lint/verify-off",
      severity: "warning",
      message: 'Builds run no example or property: [build] verify is "types".',
      file: "jaunt.toml",
      hint: 'Take that line out, or set it to "examples".',
    },
  ];
}

function totalsOf(specs: readonly SpecLint[]): LintReport["totals"] {
  const sum = (count: (spec: SpecLint) => number): number => specs.reduce((total, spec) => total + count(spec), 0);
  return {
    specs: specs.length,
    specs_without: specs.filter((spec) => spec.examples_checked + spec.properties_checked === 0).length,
    examples: sum((spec) => spec.examples_checked + spec.examples_unchecked),
    examples_checked: sum((spec) => spec.examples_checked),
    properties: sum((spec) => spec.properties_checked + spec.properties_unchecked),
    properties_checked: sum((spec) => spec.properties_checked),
    promises: sum((spec) => spec.promises),
    promises_uncovered: sum((spec) => spec.promises_uncovered),
  };
}
