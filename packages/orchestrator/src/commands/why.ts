import { JauntError, type ModuleId, type SpecRef } from "@jaunt/core";
import { edgesFrom, moduleOfRef, specOfRef } from "@jaunt/core/graph";
import { explainReason, type PlannedModule } from "@jaunt/core/plan";
import { explainChanges } from "../contract/explain-changes.ts";
import { contractStore } from "../contract/project-contracts.ts";
import { loadProject } from "../load-project.ts";
import type { LoadedProject } from "../loaded-project.ts";
import { nextCommand } from "../plan/next-command.ts";
import { roleOf, selectWithOrphans } from "../plan/select.ts";
import type { ProjectContext } from "../project-context.ts";
import type { WhyReport } from "../reports.ts";
import { failureFilesOf } from "../write/failure-report.ts";
import { runCommand } from "./run-command.ts";

/**
 * Why one module is in its state, part by part; for a ref only what concerns that symbol.
 * @throws {JauntError} with code `unknown-selector` or `several-modules` when `asked` does not name one module
 */
export function why(context: ProjectContext, asked: ModuleId | SpecRef): Promise<WhyReport> {
  return runCommand(context, "why", async (elapsed) => {
    const project = await loadProject(context);
    const { planned, ref } = findModule(project, asked);
    const { id, state } = planned;
    const shown = ref === undefined ? planned : narrow(project, planned, ref);
    const uses = project
      .linksOf(id)
      .edges.filter(({ from, to }) => moduleOfRef(to) !== id && (ref === undefined || from === specOfRef(ref)));
    const next = nextCommand(id, state, roleOf(project, id));
    return {
      schema: "jaunt.why/1",
      command: "why",
      module: id,
      ...(ref === undefined ? {} : { ref }),
      status: state,
      reasons: shown.reasons,
      explanations: shown.reasons.map(explainReason),
      changes: explainChanges(project, contractStore(context), shown),
      next: next ?? null,
      ...(state === "failed" ? { artifact: failureFilesOf(id)[0] } : {}),
      depends_on: uses.map(({ from, to, via }) => ({ from, to, via })),
      dependents: ref === undefined ? project.dependentsOf(id) : usersOf(project, id, ref),
      duration_seconds: elapsed(),
    };
  });
}

interface Found {
  readonly planned: PlannedModule;
  /** The symbol that was asked for; undefined for a whole module. */
  readonly ref?: SpecRef;
}

function findModule(project: LoadedProject, asked: string): Found {
  const [id, second] = selectWithOrphans(project, { targets: [asked] });
  const planned = id === undefined ? undefined : project.plannedOf(id);
  if (planned === undefined || second !== undefined) throw severalModules(project, asked);
  const spec = project.modules.get(planned.id)?.module.specs.find(({ ref }) => ref === specOfRef(asked));
  if (spec === undefined) return { planned };
  const member = asked.slice(spec.ref.length + 1);
  if (member === "") return { planned, ref: spec.ref };
  if (spec.members.some(({ name }) => name === member)) return { planned, ref: asked };
  throw new JauntError(`${spec.ref} has no member ${member}.`, {
    code: "unknown-selector",
    exitCode: 2,
    hint: `\`jaunt why ${spec.ref}\` explains the whole of it.`,
  });
}

/** What concerns one symbol: its own part, what it needs, and whatever is no symbol's. */
function narrow(project: LoadedProject, planned: PlannedModule, ref: SpecRef): PlannedModule {
  const owner = specOfRef(ref);
  const own = `spec:${owner.slice(planned.id.length + 1)}`;
  const needs = new Set(edgesFrom(project.linksOf(planned.id), owner).map(({ to }) => `dep:${to}`));
  const symbols = new Set(project.modules.get(planned.id)?.module.specs.map(({ name }) => `spec:${name}`));
  const reasons = planned.reasons.filter((reason) => {
    if (!("part" in reason) || reason.part === own || needs.has(reason.part)) return true;
    // Which symbol needed what is no longer needed, nobody knows any more.
    return reason.kind === "dependency_removed" || !(reason.part.startsWith("dep:") || symbols.has(reason.part));
  });
  return { ...planned, reasons };
}

/** The modules that need one symbol of a module. */
function usersOf({ linksOf, dependentsOf }: LoadedProject, id: ModuleId, ref: SpecRef): readonly ModuleId[] {
  return dependentsOf(id).filter((user) => linksOf(user).edges.some(({ to }) => concerns(to, ref)));
}

/** A class concerns who needs any part of it; a member who needs it or the whole class. */
function concerns(to: SpecRef, ref: SpecRef): boolean {
  const owner = specOfRef(ref);
  return ref === owner ? specOfRef(to) === owner : to === ref || to === owner;
}

function severalModules(project: LoadedProject, asked: string): JauntError {
  const modules = selectWithOrphans(project, { targets: [asked] });
  return new JauntError(`${asked} names ${modules.length} modules, and why explains one.`, {
    code: "several-modules",
    hint: `Name one of them, for example ${modules[0] ?? "src/email"}.`,
    exitCode: 2,
  });
}
