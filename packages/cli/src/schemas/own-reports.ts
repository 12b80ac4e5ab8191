import { moduleStatesSchema, durationSchema, schemaOf } from "@jaunt/orchestrator/schemas";
import { z } from "zod";
import type {
  DoctorReport,
  GuardReport,
  HelpDocument,
  InitReport,
  InstructionsReport,
  SkillReport,
  VersionReport,
} from "../report.ts";

const paths = z.array(z.string());

/** `jaunt doctor --json`. */
export const doctorReportSchema: z.ZodType<DoctorReport> = schemaOf<DoctorReport>()(
  z
    .strictObject({
      schema: z.literal("jaunt.doctor/1"),
      command: z.literal("doctor"),
      ok: z.boolean().describe("False when any check failed; warnings leave it true."),
      checks: z.array(
        z.strictObject({
          name: z.string().describe("Stable: `node`, `config`, `provider`, `key` and others."),
          status: z.enum(["ok", "warn", "fail"]),
          message: z.string(),
          fix: z.string().optional().describe("What mends it; present for `warn` and `fail`."),
        }),
      ),
      duration_seconds: durationSchema,
    })
    .meta({ title: "jaunt doctor", description: "What a build needs, checked." }),
);

/** `jaunt init --json`. */
export const initReportSchema: z.ZodType<InitReport> = schemaOf<InitReport>()(
  z
    .strictObject({
      schema: z.literal("jaunt.init/1"),
      command: z.literal("init"),
      written: paths.describe("Posix paths relative to the root."),
      kept: paths.describe("Files that were there already and stay as they are."),
      source_roots: paths,
      test_roots: paths,
      provider: z.string(),
      install: z.string().describe("The command that installs what the project needs."),
      ignore_lines: z
        .array(z.strictObject({ file: z.string(), line: z.string() }))
        .describe("Lines for the configuration of other tools, which `init` never edits."),
      notes: z.array(z.string()).describe("What is left for a person to do."),
    })
    .meta({ title: "jaunt init", description: "What was set up." }),
);

/** `jaunt --version --json`. */
export const versionReportSchema: z.ZodType<VersionReport> = schemaOf<VersionReport>()(
  z
    .strictObject({ schema: z.literal("jaunt.version/1"), command: z.literal("version"), version: z.string() })
    .meta({ title: "jaunt --version", description: "The version of Jaunt." }),
);

/** `jaunt --help --json`. */
export const helpDocumentSchema: z.ZodType<HelpDocument> = schemaOf<HelpDocument>()(
  z
    .strictObject({
      schema: z.literal("jaunt.help/1"),
      command: z.string().describe("The command that it is of, or `jaunt`."),
      text: z.string().describe("As --help prints it."),
    })
    .meta({ title: "jaunt --help", description: "The help of a command." }),
);

/** `jaunt skill export --json`. */
export const skillReportSchema: z.ZodType<SkillReport> = schemaOf<SkillReport>()(
  z
    .strictObject({
      schema: z.literal("jaunt.skill/1"),
      command: z.literal("skill"),
      version: z.string().describe("The version that the guidance is of."),
      provider: z.string(),
      dest: z.string().describe("Absolute path of the folder."),
      dry_run: z.boolean(),
      formats: z.array(z.enum(["agents", "claude", "cursor", "copilot"])),
      guard: z.boolean().describe("Whether the guard was installed, too."),
      files: z.array(
        z.strictObject({
          path: z.string().describe("Posix, relative to `dest`; a git hook may lie elsewhere."),
          action: z.enum(["create", "update", "unchanged"]),
          kind: z
            .enum(["file", "section", "entry"])
            .describe("All of it is Jaunt's, or what stands between its marks, or one entry of a settings file."),
        }),
      ),
      notes: z.array(z.string()).describe("What is left for a person to do."),
    })
    .meta({ title: "jaunt skill export", description: "Which files of guidance for agents were written." }),
);

/** `jaunt instructions --json`. */
export const instructionsReportSchema: z.ZodType<InstructionsReport> = schemaOf<InstructionsReport>()(
  z
    .strictObject({
      schema: z.literal("jaunt.instructions/1"),
      command: z.literal("instructions"),
      version: z.string(),
      project: z
        .strictObject({
          root: z.string().describe("Absolute path."),
          provider: z.string(),
          model: z.string().describe("Empty for the provider's default."),
          source_roots: paths,
          test_roots: paths,
          generated_dir: z.string(),
          counts: moduleStatesSchema,
        })
        .nullable()
        .describe("Null where there is no jaunt.toml."),
      next: z.string().describe("The command to run next."),
      text: z.string().describe("The primer, in Markdown."),
    })
    .meta({ title: "jaunt instructions", description: "What an agent should know of the project." }),
);

/** `jaunt guard --git --json`. */
export const guardReportSchema: z.ZodType<GuardReport> = schemaOf<GuardReport>()(
  z
    .strictObject({
      schema: z.literal("jaunt.guard/1"),
      command: z.literal("guard"),
      ok: z.boolean().describe("Whether nothing is refused."),
      checked: z.number().describe("How many staged generated files were looked at."),
      refused: z.array(
        z.strictObject({
          path: z.string().describe("Posix, relative to the root."),
          reason: z.enum(["edited", "damaged", "deleted"]),
          spec: z.string().nullable().describe("The spec file to edit instead; null when none is known."),
          message: z.string(),
          fix: z.string().describe("The command that mends it."),
        }),
      ),
      merged: paths.describe("Generated files that a merge changed and that no build wrote: a build mends them."),
    })
    .meta({ title: "jaunt guard", description: "Which staged changes of generated files are refused." }),
);
