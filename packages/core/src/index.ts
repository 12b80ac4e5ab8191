export { caseName } from "./cases/case-name.ts";
export { casesOf } from "./cases/cases-of.ts";
export { createFinder } from "./cases/find-text.ts";
export { JauntError, type ExitCode, type JauntErrorOptions } from "./errors.ts";
export type { Case, ExampleCase, PropertyCase, TestCase } from "./nouns/case.ts";
export type { Diagnostic, Severity } from "./nouns/diagnostic.ts";
export type { Artifact, Layout, OutputPaths, Settings } from "./nouns/layout.ts";
export type { Declaration, ImportBinding, Outline, ReExport, Use, UseVia } from "./nouns/outline.ts";
export type { Position, SourceFile, Span } from "./nouns/source.ts";
export type { Digest } from "./nouns/digest.ts";
export type {
  Expectation,
  ModuleId,
  Role,
  Spec,
  PropertyVariable,
  SpecExample,
  SpecForm,
  SpecKind,
  SpecMember,
  SpecProperty,
  SpecModule,
  SpecRef,
  SpecSource,
} from "./nouns/spec.ts";
export {
  BackendError,
  type Backend,
  type BackendErrorKind,
  type BackendErrorOptions,
  type BackendFacts,
  type BackendPlugin,
  type BackendSetup,
  type BackendWarning,
  type GenerateOptions,
  type GenerateRequest,
  type GenerateResponse,
  type ProgramFacts,
  type Progress,
  type PromptPart,
  type Usage,
} from "./ports/backend.ts";
export type {
  BatchBackend,
  BatchCounts,
  BatchDraft,
  BatchFailure,
  BatchHandle,
  BatchRequest,
  BatchResult,
  BatchState,
  LostBatch,
} from "./ports/batch.ts";
export type { ReadResult, SpecReader } from "./ports/reader.ts";
export type {
  Candidate,
  CaseExplanation,
  Configuration,
  Conventions,
  ExecOptions,
  ExecResult,
  ProjectFiles,
  Rule,
  Splice,
  Target,
  TargetIo,
  Mutant,
  SuiteOptions,
  SuiteRun,
  SuiteTest,
  TestRun,
  TestSubject,
} from "./ports/target.ts";
export { causeText } from "./text/cause-text.ts";
export { closest } from "./text/closest.ts";
export { redact } from "./text/redact.ts";
export { shellArgument } from "./text/shell-argument.ts";
