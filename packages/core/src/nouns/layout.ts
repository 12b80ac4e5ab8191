import type { ModuleId } from "./spec.ts";

/** Facts that a target learned about a project, as JSON; only the language's own two plug-ins look inside. */
export type Settings = Readonly<Record<string, unknown>>;

/** Where things are in one project, for one language. All paths posix, relative to the root. */
export interface Layout {
  /** Globs expanded, no trailing slash; `.` is the root itself. */
  readonly sourceRoots: readonly string[];
  readonly testRoots: readonly string[];
  /** Name of the folder, beside each spec file, that holds generated files. */
  readonly generatedDir: string;
  /** What generated tests are written for and run by. */
  readonly testRunner: "vitest" | "node:test";
  readonly settings: Settings;
}

/** Where the output of one module goes. */
export interface OutputPaths {
  readonly generated: string;
  /** Absent in test roots. */
  readonly facade?: string;
}

/** A file to write. `once` files belong to the user after their first write and are never overwritten. */
export interface Artifact {
  readonly kind: "build" | "placeholder" | "facade" | "test";
  readonly module: ModuleId;
  readonly path: string;
  /** Without the header, which the writer adds to every kind but `facade`. */
  readonly text: string;
  readonly once: boolean;
}
