import type { Diagnostic, Usage } from "@jaunt/core";
import type { ModuleState, Reason } from "@jaunt/core/plan";
import { z } from "zod";
import type { BuildFailure } from "../reports.ts";
import type { FileChange } from "../watch/file-change.ts";
import { schemaOf } from "./schema-of.ts";

const position = z.strictObject({
  line: z.number().describe("From 1."),
  column: z.number().describe("From 1, in UTF-16 code units."),
  offset: z.number().describe("From 0, in UTF-16 code units."),
});

export const diagnosticSchema: z.ZodType<Diagnostic> = schemaOf<Diagnostic>()(
  z
    .strictObject({
      code: z.string().describe("`area/problem`, as docs/errors.md lists them."),
      severity: z.enum(["error", "warning", "info"]),
      message: z.string(),
      file: z.string().optional().describe("Posix path relative to the root."),
      start: position.optional().describe("Where it begins."),
      end: position.optional().describe("Where it ends."),
      hint: z.string().optional().describe("What to do about it."),
    })
    .meta({ id: "Diagnostic", description: "A problem with its place." }),
);

export const diagnosticsSchema: z.ZodType<readonly Diagnostic[]> = z
  .array(diagnosticSchema)
  .describe("Problems that did not stop the command.");

export const usageSchema: z.ZodType<Usage> = schemaOf<Usage>()(
  z
    .strictObject({
      input: z.number().describe("Without what a cache took or gave."),
      cacheRead: z.number().describe("Read from the provider's cache."),
      cacheWrite: z.number().describe("Written to the provider's cache."),
      output: z.number().describe("`reasoning` included."),
      reasoning: z.number(),
      estimated: z.boolean().optional().describe("True when the provider sent none and these are estimates."),
    })
    .meta({ id: "Usage", description: "Tokens." }),
);

export const moduleStateSchema: z.ZodType<ModuleState> = schemaOf<ModuleState>()(
  z
    .enum(["unbuilt", "current", "stale", "outdated", "edited", "orphaned", "failed", "blocked"])
    .meta({ id: "ModuleState", description: "See the states in docs/cli.md." }),
);

export const moduleStatesSchema: z.ZodType<Readonly<Partial<Record<ModuleState, number>>>> = schemaOf<
  Readonly<Partial<Record<ModuleState, number>>>
>()(
  z
    .strictObject({
      unbuilt: z.number().optional(),
      current: z.number().optional(),
      stale: z.number().optional(),
      outdated: z.number().optional(),
      edited: z.number().optional(),
      orphaned: z.number().optional(),
      failed: z.number().optional(),
      blocked: z.number().optional(),
    })
    .describe("How many modules are in each state; states without any are left out."),
);

const part = z.string().describe("`spec:NAME`, `context` or `dep:REF`.");
const old = z.string().describe("As it was: 16 hexadecimal digits of a digest, or the name of a model or of prompts.");
const now = z.string().describe("As it is.");
const ref = z.string().describe("`module:name`.");
const detail = z.string().describe("What was said of it.");

const reasonSchema: z.ZodType<Reason> = schemaOf<Reason>()(
  z
    .discriminatedUnion("kind", [
      z.strictObject({ kind: z.literal("never_built") }),
      z.strictObject({ kind: z.literal("placeholder") }),
      z.strictObject({ kind: z.enum(["spec_added", "spec_removed"]), part }),
      z.strictObject({ kind: z.enum(["spec_changed", "context_changed"]), part, old, new: now }),
      z.strictObject({ kind: z.literal("dependency_changed"), ref, part, old, new: now }),
      z.strictObject({ kind: z.enum(["dependency_added", "dependency_removed"]), ref, part }),
      z.strictObject({ kind: z.literal("body_edited") }),
      z.strictObject({ kind: z.literal("header_damaged"), detail }),
      z.strictObject({ kind: z.enum(["model_changed", "prompts_changed"]), old, new: now }),
      z.strictObject({ kind: z.literal("check_failed"), detail }),
      z.strictObject({ kind: z.literal("generation_failed"), detail }),
      z.strictObject({ kind: z.literal("dependency_failed"), module: z.string() }),
      z.strictObject({ kind: z.literal("source_missing") }),
      z.strictObject({ kind: z.literal("forced") }),
    ])
    .meta({ id: "Reason", description: "Why a module is in its state." }),
);

export const reasonsSchema: z.ZodType<readonly Reason[]> = z
  .array(reasonSchema)
  .describe("Why, in a form for programs.");

export const buildFailureSchema: z.ZodType<BuildFailure> = schemaOf<BuildFailure>()(
  z
    .strictObject({
      module: z.string(),
      outcome: z
        .enum(["failed", "blocked", "interrupted", "edited", "over_budget"])
        .describe("`over_budget`: left for another build, because this one may not spend more."),
      message: z.string().describe("One sentence."),
      attempts: z.number().describe("How often the model was asked."),
      diagnostics: z.array(diagnosticSchema),
      artifact: z.string().optional().describe("`.jaunt/failed/<module>.md`, for `failed`."),
    })
    .meta({ id: "BuildFailure", description: "A module that was not built, and why." }),
);

export const fileChangeSchema: z.ZodType<FileChange> = schemaOf<FileChange>()(
  z
    .strictObject({ path: z.string(), change: z.enum(["added", "changed", "deleted"]) })
    .meta({ id: "FileChange", description: "A file that a watch saw change." }),
);

/** Wall time of the command. */
export const durationSchema: z.ZodType<number> = z.number().describe("Wall time, in seconds.");

/** Dollars; null where nobody knows the price. */
export const costSchema: z.ZodType<number | null> = z
  .number()
  .nullable()
  .describe("Dollars; null where nobody knows the model's price.");

/** Module ids, with what they have in common. */
export function moduleList(description: string): z.ZodType<readonly string[]> {
  return z.array(z.string()).describe(description);
}
