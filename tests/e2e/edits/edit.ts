import type { Change } from "./change.ts";
import type { TemplateName } from "./templates.ts";

/** What a command may say of a module. Where it says nothing, the module is as it was: current, without a problem, left alone. */
export type Outcome =
  | "stale"
  | "unbuilt"
  | "outdated"
  | "edited"
  | "orphaned"
  | "failed"
  | "blocked"
  | "problem"
  | "warning"
  | "generated"
  | "restamped";

/** The exact sets of module ids by outcome. A module that stands in none of them must have none. */
export type Expected = Readonly<Partial<Record<Outcome, readonly string[]>>>;

/** One row of the matrix: an edit, and exactly what it costs. */
export interface Edit {
  readonly name: string;
  /** The built project that is copied for the row. */
  readonly template: TemplateName;
  readonly change: Change;
  /** `status`: states. `check`: modules with a problem or a warning. `build`: what it generates, restamps and fails. */
  readonly command: "status" | "check" | "build";
  readonly expected: Expected;
  /** Model calls that a `build` makes. */
  readonly calls?: number;
  /** Folder below the project that the command runs in. */
  readonly folder?: string;
}

/** Makes the rows of one template. */
export interface EditTable {
  /** What `jaunt status --json` says after the edit; nothing is anything but current when `expected` is left out. */
  status(name: string, change: Change, expected?: Expected, folder?: string): Edit;
  /** Which modules `jaunt check --json` complains about after the edit. */
  check(name: string, change: Change, expected?: Expected): Edit;
  /** What `jaunt build --json` does after the edit, and how many calls it makes. */
  build(name: string, change: Change, expected: Expected, calls: number): Edit;
}

/** Rows of edits of one template. */
export function editsOf(template: TemplateName): EditTable {
  return {
    status: (name, change, expected = {}, folder = ".") => ({
      name,
      template,
      change,
      command: "status",
      expected,
      folder,
    }),
    check: (name, change, expected = {}) => ({ name, template, change, command: "check", expected }),
    build: (name, change, expected, calls) => ({ name, template, change, command: "build", expected, calls }),
  };
}
