import type { Diagnostic } from "../nouns/diagnostic.ts";
import type { Layout } from "../nouns/layout.ts";
import type { Outline } from "../nouns/outline.ts";
import type { SourceFile } from "../nouns/source.ts";
import type { SpecModule } from "../nouns/spec.ts";

export interface ReadResult {
  /** Absent when the file holds no spec or is too broken to read; the diagnostics say which. */
  readonly module?: SpecModule;
  readonly diagnostics: readonly Diagnostic[];
}

/** Turns files into language-neutral specs. Pure: same file and layout, same result. */
export interface SpecReader {
  readonly apiVersion: 1;
  readonly language: string;
  /** Changes when the same file may be read differently; part of the analysis cache's key. */
  readonly version: string;
  /** Globs of spec files, relative to a root: `**\/*.jaunt.ts`. */
  readonly patterns: readonly string[];
  read(file: SourceFile, layout: Layout): ReadResult;
  /** The module id of a spec path, or undefined when the path is no spec file's. */
  moduleId(path: string): string | undefined;
  /**
   * The files, best first, that `specifier` may mean in file `from`; the caller takes the first that exists.
   * A facade or generated path of a module counts as that module. Empty for packages outside the project.
   */
  resolve?(specifier: string, from: string, layout: Layout): readonly string[];
  /** Outline of any hand-written file of the language: barrels and type files. Undefined when it cannot be parsed. */
  outline?(file: SourceFile): Outline | undefined;
}
