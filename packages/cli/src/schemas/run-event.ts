import {
  diagnosticsSchema,
  fileChangeSchema,
  moduleStatesSchema,
  schemaOf,
  usageSchema,
} from "@jaunt/orchestrator/schemas";
import { z } from "zod";
import type { EventDocument } from "../reporters/event-document.ts";

const module = z.string().describe("Id of the module.");
const attempt = z.number().describe("From 1.");
const modules = z.array(z.string());
const durationMs = z.number().describe("Milliseconds.");
const counts = z.strictObject({ passed: z.number(), failed: z.number(), skipped: z.number() });
const hint = z.string().optional().describe("What to do about it.");
const diagnostics = diagnosticsSchema.describe("What the checks said.");
const usage = usageSchema.describe("Tokens.");
const batchState = z.enum(["running", "ended", "expired", "cancelled", "failed"]);

/** The fields of an event of one type, beside those that every event has. */
function event<Type extends string, Shape extends z.ZodRawShape>(
  type: Type,
  description: string,
  shape: Shape,
): z.ZodObject<typeof stamp & { type: z.ZodLiteral<Type> } & Shape, z.core.$strict> {
  return z.strictObject({ ...stamp, type: z.literal(type), ...shape }).meta({ description });
}

const stamp = {
  schema: z.literal("jaunt.event/1"),
  seq: z.number().int().min(1).describe("From 1, without gaps."),
  run: z.string().describe("The same in all lines of one run."),
  at: z.string().describe("ISO 8601 in UTC."),
};

const testResult = z.strictObject({
  kind: z.enum(["test", "example", "property"]),
  ref: z.string(),
  name: z.string(),
  outcome: z.enum(["passed", "failed", "skipped"]),
  file: z.string(),
  line: z.number().optional(),
  duration_ms: durationMs,
  message: z.string().optional(),
  hint,
});

const events = [
  event("run-start", "The command began.", {
    command: z.string(),
    root: z.string().describe("Absolute path of the project."),
  }),
  event("warning", "Something that does not stop the run.", {
    message: z.string(),
    hint,
    module: z.string().optional(),
  }),
  event("backend-chosen", "Who will be asked. Comes before the first call.", {
    provider: z.string(),
    model: z.string().describe("Empty for the provider's default."),
    why: z.string(),
  }),
  event("plan-end", "What there is to do is known.", {
    modules: z.number().describe("All that were looked at."),
    total: z.number().describe("Those to be generated."),
    order: modules.describe("A possible order, dependencies first."),
  }),
  event("file-write", "A file is in its place.", {
    path: z.string().describe("Posix, relative to the root."),
    kind: z.enum(["build", "placeholder", "facade", "test", "failed"]),
  }),
  event("file-remove", "A file is gone.", { path: z.string() }),
  event("module-start", "Work on a module began.", { module, reasons: z.array(z.string()) }),
  event("attempt-start", "The model is asked.", {
    module,
    attempt,
    max_attempts: z.number(),
    prompt_characters: z.number(),
  }),
  event("attempt-progress", "The model is answering.", { module, attempt, output_characters: z.number() }),
  event("call-retry", "A call is made again after a pause; this is no new attempt.", {
    module,
    attempt,
    why: z.string(),
    wait_ms: z.number(),
  }),
  event("batch-submit", "First attempts are with the provider as one batch.", {
    batch: z.string(),
    modules,
    resumed: z.boolean().describe("Whether an earlier build submitted it."),
    left: z.number().describe("Modules that wait until its cost is known."),
  }),
  event("batch-progress", "How far a batch is.", {
    batch: z.string(),
    state: batchState,
    running: z.number(),
    succeeded: z.number(),
    failed: z.number(),
  }),
  event("limit-change", "The provider's limits allow more or fewer calls at once.", {
    limit: z.number(),
    pause_ms: z.number(),
  }),
  event("attempt-end", "A reply was judged.", {
    module,
    attempt,
    accepted: z.boolean(),
    cached: z.boolean(),
    usage,
    diagnostics,
  }),
  event("module-end", "Work on a module ended.", {
    module,
    outcome: z.enum(["built", "restamped", "failed", "blocked", "skipped", "interrupted", "over_budget"]),
    attempts: z.number(),
    usage,
    cost: z.number().optional().describe("Dollars; absent where nobody knows the price."),
    duration_ms: durationMs,
    diagnostics,
    message: z.string().optional().describe("For `failed` and `blocked`: one sentence."),
    spliced: z
      .strictObject({ asked: modules, kept: modules, saved_output_tokens: z.number() })
      .optional()
      .describe("For `built`: what was not asked for and stayed byte for byte."),
  }),
  event("test-run-start", "The project's test runner starts.", {
    runner: z.enum(["vitest", "node:test"]),
    files: z.number(),
  }),
  event("test-result", "A test ended.", {
    result: testResult,
  }),
  event("test-run-end", "The test runner ended.", { counts, duration_ms: durationMs }),
  event("mutation-progress", "Mutants of built code were run.", {
    done: z.number(),
    total: z.number(),
    survived: z.number().describe("Those that no test noticed."),
  }),
  event("watch-ready", "From now on changes are seen. The first build follows.", { folders: z.array(z.string()) }),
  event("watch-change", "Files changed.", {
    changed_at: z.string().describe("ISO 8601 in UTC."),
    changes: z.array(fileChangeSchema),
    effect: z.enum(["build", "report", "none"]),
    modules: modules.describe("Those that are built because of it."),
  }),
  event("watch-problems", "What is wrong with the project and was not said before.", { diagnostics }),
  event("watch-error", "What would have stopped a build; the watch goes on.", {
    code: z.string(),
    message: z.string(),
    hint,
    diagnostics,
  }),
  event("watch-tests", "Tests that a green round touched were run.", {
    counts,
    failed: z.array(testResult),
    ungenerated: z.array(z.string()).describe("Test modules that could not be written."),
  }),
  event("watch-idle", "Nothing runs until something changes.", { modules: z.number(), states: moduleStatesSchema }),
  event("run-end", "The command is done; its report follows.", { ok: z.boolean(), duration_ms: durationMs }),
] as const;

/** One line of `--events`. */
export const eventSchema: z.ZodType<EventDocument> = schemaOf<EventDocument>()(
  z.discriminatedUnion("type", events).meta({ title: "an event", description: "One line of --events." }),
);
