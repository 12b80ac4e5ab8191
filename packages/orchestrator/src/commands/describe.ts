import { JauntError, type ModuleId } from "@jaunt/core";
import { moduleOfRef } from "@jaunt/core/graph";
import { loadProject } from "../load-project.ts";
import type { LoadedProject } from "../loaded-project.ts";
import type { ProjectContext } from "../project-context.ts";
import type { ModulePart, ModuleText, SpecInfoReport } from "../reports.ts";
import { failureFilesOf } from "../write/failure-report.ts";
import { readProjectText } from "../write/read-project-text.ts";
import { refuseEscape } from "../write/refuse-escape.ts";
import { runCommand } from "./run-command.ts";

/**
 * What one module promises and what it stands on: specs with their contracts, and the edges to other modules.
 * @throws {JauntError} with code `unknown-module`
 */
export function describeModule(context: ProjectContext, id: ModuleId): Promise<SpecInfoReport> {
  return runCommand(context, "spec_info", async (elapsed) => {
    const project = await loadProject(context);
    const { module, paths } = find(project, id);
    const contracts = project.digestsOf(id)?.contracts ?? {};
    const edges = project.linksOf(id).edges.filter(({ to }) => moduleOfRef(to) !== id);
    return {
      schema: "jaunt.spec-info/1",
      command: "spec_info",
      module: id,
      status: project.plannedOf(id)?.state ?? "unbuilt",
      language: module.language,
      role: module.role,
      spec_path: module.path,
      generated_path: paths.generated,
      ...(paths.facade === undefined ? {} : { facade_path: paths.facade }),
      specs: module.specs.map((spec) => ({
        ref: spec.ref,
        kind: spec.kind,
        form: spec.form,
        signature: spec.signature,
        doc: spec.doc,
        prompts: spec.prompts,
        examples: spec.examples.map(({ text, call }) => ({ text, checked: call !== undefined })),
        members: spec.members.map(({ name, kind, generated }) => ({ name, kind, generated })),
        contract: contracts[spec.ref] ?? "",
      })),
      depends_on: edges.map(({ from, to, via }) => ({ from, to, via })),
      dependents: project.dependentsOf(id),
      duration_seconds: elapsed(),
    };
  });
}

/**
 * One text that belongs to a module: never a file by its path, and nothing that a symbolic link leads out of the project for.
 * @throws {JauntError} with code `unknown-module`, `no-such-text` or `read-outside-project`
 */
export function readModule(context: ProjectContext, id: ModuleId, part: ModulePart): Promise<ModuleText> {
  return runCommand(context, "read", async () => {
    const { module, paths } = find(await loadProject(context), id);
    const [failure, prompt] = failureFilesOf(id);
    const path = { spec: module.path, generated: paths.generated, failure, prompt }[part];
    confine(context.root, path);
    const text = readProjectText(context.root, path);
    if (text === undefined) throw nothingThere(id, part);
    return { module: id, part, path, text };
  });
}

function find(project: LoadedProject, id: ModuleId): NonNullable<ReturnType<LoadedProject["modules"]["get"]>> {
  const loaded = project.modules.get(id);
  if (loaded !== undefined) return loaded;
  throw new JauntError(`The project has no module ${JSON.stringify(id)}.`, {
    code: "unknown-module",
    exitCode: 2,
    hint: "`jaunt status` lists the modules; an id is a path without .jaunt.ts, such as src/email.",
  });
}

function confine(root: string, path: string): void {
  try {
    refuseEscape(root, path);
  } catch (cause) {
    throw new JauntError(`Refusing to read ${path}: a symbolic link leads elsewhere.`, {
      code: "read-outside-project",
      exitCode: 2,
      hint: "Replace the link by a real folder or file.",
      cause,
    });
  }
}

function nothingThere(id: ModuleId, part: ModulePart): JauntError {
  const why = part === "failure" || part === "prompt" ? "its last build did not fail" : "it was not written yet";
  return new JauntError(`${id} has no ${part}: ${why}.`, {
    code: "no-such-text",
    exitCode: 2,
    hint: part === "generated" ? "`jaunt build` writes it." : "`jaunt status` shows the state of every module.",
  });
}
