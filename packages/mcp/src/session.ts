import type { Project, ProjectOptions } from "@jaunt/orchestrator";
import type { JobBoard } from "./jobs/job-board.ts";

/** What one call sets for its own opening of the project. */
export type OpenChanges = Pick<ProjectOptions, "signal" | "onEvent"> &
  Partial<Pick<ProjectOptions, "createBackend" | "generatorModel" | "llm">>;

/** Opens the project afresh, as its jaunt.toml is now. */
export type OpenProject = (changes: OpenChanges) => Promise<Project>;

/** What the tools and resources of one server share. */
export interface Session {
  readonly version: string;
  readonly openProject: OpenProject;
  readonly board: JobBoard;
  /** How long a prompt waits for an agent's source, in milliseconds. */
  readonly delegateTimeLimitMs: number;
}

/** Opens the project for one piece of work, and closes it whatever happens. */
export async function withProject<Result>(
  { openProject }: Pick<Session, "openProject">,
  changes: OpenChanges,
  use: (project: Project) => Promise<Result>,
): Promise<Result> {
  const project = await openProject(changes);
  try {
    return await use(project);
  } finally {
    await project.close();
  }
}
