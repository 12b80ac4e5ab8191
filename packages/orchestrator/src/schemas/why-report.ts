import { z } from "zod";
import type { SpecInfoReport, WhyReport } from "../reports.ts";
import { schemaOf } from "./schema-of.ts";
import { durationSchema, moduleList, moduleStateSchema, reasonsSchema } from "./shared.ts";

const change = z.strictObject({
  part: z.string().describe("`spec:NAME`, `context` or `dep:REF`; `module` when the header does not say which."),
  ref: z.string().describe("The symbol that changed, or the module for what is no symbol's."),
  kind: z.enum([
    "never_built",
    "placeholder",
    "spec_added",
    "spec_removed",
    "spec_changed",
    "context_changed",
    "dependency_changed",
    "dependency_added",
    "dependency_removed",
    "body_edited",
    "header_damaged",
    "model_changed",
    "prompts_changed",
    "check_failed",
    "generation_failed",
    "dependency_failed",
    "source_missing",
    "forced",
  ]),
  old: z.string().nullable().describe("Digest as it was; null where there was none."),
  new: z.string().nullable().describe("Digest as it is; null where there is none."),
  old_text: z.string().optional().describe("What the part said; absent where it is not known here."),
  new_text: z.string().optional(),
  diff: z.array(z.string()).optional().describe("Lines that went and came, each after `- ` or `+ `."),
  words_only: z.boolean().optional().describe("Of a dependency: whether signature and types are as they were."),
});

const edges = z.array(
  z.strictObject({
    from: z.string().describe("The spec that needs it."),
    to: z.string().describe("The spec that is needed."),
    via: z.string().describe("Where it is named: `signature`, `default`, `doc`, `link`, `input` or `body`."),
  }),
);

/** `jaunt why --json`. */
export const whyReportSchema: z.ZodType<WhyReport> = schemaOf<WhyReport>()(
  z
    .strictObject({
      schema: z.literal("jaunt.why/1"),
      command: z.literal("why"),
      module: z.string(),
      ref: z.string().optional().describe("The symbol that the answer was narrowed to."),
      status: moduleStateSchema,
      reasons: reasonsSchema,
      explanations: z.array(z.string()).describe("One sentence per reason."),
      changes: z.array(change).describe("What the reasons come from."),
      next: z.string().nullable().describe("The command that mends it; null when nothing is to be done."),
      artifact: z.string().optional().describe("What the last build left to read, for `failed`."),
      depends_on: edges,
      dependents: moduleList("Modules that need it."),
      duration_seconds: durationSchema,
    })
    .meta({ title: "jaunt why", description: "Why a module is in its state, part by part." }),
);

const spec = z.strictObject({
  ref: z.string(),
  kind: z.enum(["function", "class", "const"]),
  form: z.enum(["declare", "magic"]),
  signature: z.string(),
  doc: z.string(),
  prompts: z.array(z.string()).describe("`@prompt` instructions."),
  examples: z.array(
    z.strictObject({ text: z.string(), checked: z.boolean().describe("Whether it runs against every reply.") }),
  ),
  members: z.array(
    z.strictObject({
      name: z.string(),
      kind: z.enum(["method", "getter", "setter", "constructor", "field", "index", "block"]),
      generated: z.boolean(),
    }),
  ),
  contract: z.string().describe("Digest of its contract: what dependents of it see."),
});

/** What the tool `jaunt_spec_info` answers. */
export const specInfoReportSchema: z.ZodType<SpecInfoReport> = schemaOf<SpecInfoReport>()(
  z
    .strictObject({
      schema: z.literal("jaunt.spec-info/1"),
      command: z.literal("spec_info"),
      module: z.string(),
      status: moduleStateSchema,
      language: z.string(),
      role: z.enum(["build", "test"]),
      spec_path: z.string(),
      generated_path: z.string(),
      facade_path: z.string().optional(),
      specs: z.array(spec),
      depends_on: edges,
      dependents: moduleList("Modules that need it."),
      duration_seconds: durationSchema,
    })
    .meta({ title: "jaunt_spec_info", description: "What one module promises, and what it stands on." }),
);
