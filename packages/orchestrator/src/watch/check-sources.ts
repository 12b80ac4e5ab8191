import type { Diagnostic } from "@jaunt/core";
import type { LoadedProject } from "../loaded-project.ts";
import type { ProjectContext } from "../project-context.ts";
import { languageOf } from "../read/open-languages.ts";

/** Errors in hand-written files themselves: while there are any, what fails around them is no fault of what was generated. */
export async function checkSources(
  context: ProjectContext,
  project: LoadedProject,
  paths: readonly string[],
): Promise<readonly Diagnostic[]> {
  const found: Diagnostic[] = [];
  for (const language of project.languages) {
    const own = paths.filter((path) => (languageOf(path, project.languages) ?? project.languages[0]) === language);
    if (own.length > 0) found.push(...((await language.target.checkFiles?.(own, language.layout, context.io())) ?? []));
  }
  return found.filter(({ severity }) => severity === "error");
}
