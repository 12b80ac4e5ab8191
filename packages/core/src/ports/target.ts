import type { Case } from "../nouns/case.ts";
import type { Diagnostic } from "../nouns/diagnostic.ts";
import type { Artifact, Layout, OutputPaths, Settings } from "../nouns/layout.ts";
import type { Position, Span } from "../nouns/source.ts";
import type { SpecModule, SpecRef, SpecSource } from "../nouns/spec.ts";

export interface ExecResult {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly timedOut: boolean;
  /** The limit for which the program was killed. */
  readonly exceeded?: "memory" | "output";
  /** What the program wrote to descriptor 4, when `channel` was asked for. */
  readonly channel?: string;
}

export interface ExecOptions {
  readonly cwd?: string;
  readonly timeoutMs?: number;
  readonly input?: string;
  /** `none`: the program starts with an empty environment. */
  readonly environment?: "clean" | "none";
  /** Gives the program a descriptor 4 to write to, apart from what it prints. */
  readonly channel?: boolean;
  /** Kills the program when it writes more than this many characters, over all its outputs. */
  readonly maxOutput?: number;
  /** Kills the program when more of its memory than this is resident, buffers included. In bytes; only Linux tells. */
  readonly maxResidentBytes?: number;
  /** Files that are there while the program runs: posix path below `.jaunt`, relative to the root, and text. */
  readonly files?: ReadonlyMap<string, string>;
}

/** The one injected effect of a target. `exec` runs without a shell and without provider keys in the environment. */
export interface TargetIo {
  /** Absolute native path of the project root. */
  readonly root: string;
  readonly signal: AbortSignal;
  exec(argv: readonly string[], options?: ExecOptions): Promise<ExecResult>;
  /** Text of a project file by posix path relative to the root; undefined when there is none. */
  readText(path: string): string | undefined;
}

/** The project's files, as far as a target may look at them outside of its checks: for types that a spec file imports. */
export type ProjectFiles = Pick<TargetIo, "readText">;

/** What a target makes of one example or property of a module. */
export interface CaseExplanation {
  readonly kind: "example" | "property";
  /** As the author wrote it. */
  readonly text: string;
  readonly ref: SpecRef;
  /** Where it begins in the spec file, when that was found. */
  readonly start?: Position;
  /** Whether builds and tests run it. */
  readonly checked: boolean;
  /** Why not, as half a sentence; absent when it is checked. */
  readonly reason?: string;
}

/** One rule of the policy: the prompt prints `text`, the check of the same `id` enforces it. */
export interface Rule {
  readonly id: string;
  readonly text: string;
}

/** What generated code of one module may and must do: the one object behind prompt rules and policy checks. */
export interface Conventions {
  readonly language: string;
  /** Info string of the code fence a reply uses: `ts`. */
  readonly fence: string;
  readonly rules: readonly Rule[];
  /** Package names that code may import. */
  readonly packages: readonly string[];
  /** How a relative import specifier ends, as a sentence for the prompt. */
  readonly importStyle: string;
}

/** A model's source for one module, with all that judging it needs. */
export interface Candidate {
  readonly source: SpecSource;
  /** The reply's source text, out of its fence. */
  readonly body: string;
  readonly conventions: Conventions;
  readonly layout: Layout;
}

/** A reply to a question about some specs of a module, joined with what is built of the others. */
export interface Splice {
  /** The whole module's source in the form of a reply, for `check` and `compose`. */
  readonly body: string;
  /** Pieces of `body` that came from the reply; the rest is built code that stays. */
  readonly written: readonly Span[];
  /** Errors of the reply when it cannot be joined; then `body` is the reply as it is. */
  readonly diagnostics: readonly Diagnostic[];
}

/** What cases are run against: a candidate, a whole generated text in `built`, or without either the generated file as it is on disk. */
export interface TestSubject {
  readonly source: SpecSource;
  readonly body?: string;
  /** The text of the generated file below its header, as it would be on disk. */
  readonly built?: string;
  readonly layout: Layout;
}

/** One test of a file that a runner ran. */
export interface SuiteTest {
  /** The file, posix, relative to the root. */
  readonly file: string;
  /** Its name as the file gives it: the name of a test spec, or the text of an example. */
  readonly name: string;
  readonly outcome: "passed" | "failed" | "skipped";
  readonly durationMs: number;
  /** What the runner says of a failure, without escape sequences. */
  readonly message?: string;
  /** Place of the failure in `file`. */
  readonly start?: Position;
}

/** What a project's test runner made of some files. A file that could not be loaded is an error diagnostic and has no tests. */
export interface SuiteRun {
  readonly tests: readonly SuiteTest[];
  readonly diagnostics: readonly Diagnostic[];
}

export interface SuiteOptions {
  /** Further arguments of the runner. */
  readonly args: readonly string[];
  /** Test files, or processes, at once. */
  readonly jobs: number;
}

/** A small wrong turn in built code, to see whether the tests notice. */
export interface Mutant {
  /** Name of the spec whose code it is in, as far as that can be told: a private helper belongs to the specs that use it. */
  readonly specs: readonly string[];
  /** What was changed: `a <= b` to `a < b`. */
  readonly description: string;
  /** Of the change in the generated file below its header. */
  readonly start: Position;
  /** The whole text below the header, changed. */
  readonly built: string;
}

/** Result of a test run; cases count what ran, so zero of zero is not a pass. `skipped` could not run, which is nobody's fault. */
export interface TestRun {
  readonly passed: number;
  /** How many of those are of each kind. Absent: all are examples. */
  readonly passedByKind?: Readonly<Partial<Record<Case["kind"], number>>>;
  readonly failed: number;
  readonly skipped: number;
  readonly diagnostics: readonly Diagnostic[];
}

/** What a target learned of a project's configuration. */
export interface Configuration {
  readonly settings: Settings;
  readonly diagnostics: readonly Diagnostic[];
  /** Project files it looked for besides those it read through `io`, there or not: when one changes, no cache is asked. */
  readonly consulted?: readonly string[];
}

/** Says where output goes and proves that it is right. Everything but `configure` and the checks is pure. */
export interface Target {
  readonly apiVersion: 1;
  readonly language: string;
  readonly lineComment: string;
  /** Project facts that layout needs (module style, aliases); `files` are the spec files found. */
  configure(io: TargetIo, files: readonly string[]): Promise<Configuration>;
  place(module: SpecModule, layout: Layout): OutputPaths;
  conventions(module: SpecModule, layout: Layout): Conventions;
  /**
   * The complete files of a module: imports, re-exports, copied types, kept members, facade. `body` is a model's source;
   * null gives the typed placeholder.
   */
  compose(source: SpecSource, body: string | null, layout: Layout): readonly Artifact[];
  /** Specs whose code in `built`, a built file below its header, can stay byte for byte while others are written anew. */
  keepable?(source: SpecSource, built: string, layout: Layout): readonly string[];
  /** Joins a reply with the code of the specs in `kept` and the private helpers that this code uses. */
  splice?(source: SpecSource, built: string, reply: string, kept: readonly string[], layout: Layout): Splice;
  /** Names that a text declares at its top level; undefined when it does not parse. Tells a source from an example of its use. */
  declares?(text: string): readonly string[] | undefined;
  /** The token stream below a header, joined by newlines: equal for two texts that only a formatter tells apart. */
  tokens(text: string, path: string): string;
  /** Whether an existing hand-edited facade still passes on the generated module; a diagnostic says which line to add. */
  checkFacade?(module: SpecModule, text: string, layout: Layout): readonly Diagnostic[];
  /** Parse, names, policy, conformance, types; stops at the first rung with errors, whose diagnostics are complete. */
  check(candidate: Candidate, io: TargetIo): Promise<readonly Diagnostic[]>;
  /**
   * Runs cases where they can do no harm. A case that fails is an error diagnostic; what cannot run is counted as skipped and
   * explained by an info diagnostic.
   */
  verify?(subject: TestSubject, cases: readonly Case[], io: TargetIo): Promise<TestRun>;
  /** The test file of a module's examples and properties, for the runner in `layout`; undefined when none can be checked. */
  composeExamples?(source: SpecSource, layout: Layout, files?: ProjectFiles): Artifact | undefined;
  /** Every example and property of a module, in their order, checked or not. */
  explainCases?(source: SpecSource, layout: Layout, files?: ProjectFiles): readonly CaseExplanation[];
  /** Runs test files, by their paths, with the runner in `layout`. */
  test?(files: readonly string[], options: SuiteOptions, layout: Layout, io: TargetIo): Promise<SuiteRun>;
  /** Mutants of built code, below its header, in an order that depends on nothing but the text. */
  mutate?(source: SpecSource, built: string, layout: Layout): readonly Mutant[];
  /** Type errors of files as they are on disk, and load-time uses across import cycles among them. */
  checkFiles?(paths: readonly string[], layout: Layout, io: TargetIo): Promise<readonly Diagnostic[]>;
  close?(): Promise<void>;
}
