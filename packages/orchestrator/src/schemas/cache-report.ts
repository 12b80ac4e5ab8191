import { z } from "zod";
import type { CacheReport } from "../cache-reports.ts";
import { schemaOf } from "./schema-of.ts";
import { durationSchema } from "./shared.ts";

const common = {
  schema: z.literal("jaunt.cache/1"),
  command: z.literal("cache"),
  dir: z.string().describe("`[cache] dir`."),
};

const store = z.strictObject({
  kind: z.enum(["replies", "contracts", "analysis", "failures", "prompts", "backups"]),
  path: z.string().describe("Posix, relative to the root unless `[cache] dir` is absolute."),
  entries: z.number(),
  bytes: z.number(),
});

const remote = z.strictObject({
  address: z.string().describe("Without credentials."),
  write: z.boolean(),
  reachable: z.boolean(),
  problem: z.string().nullable().describe("One sentence; null when all is well."),
  hint: z.string().nullable().describe("What to do about it."),
});

/** `jaunt cache info|clear|prune --json`. */
export const cacheReportSchema: z.ZodType<CacheReport> = schemaOf<CacheReport>()(
  z
    .discriminatedUnion("action", [
      z.strictObject({
        ...common,
        action: z.literal("info"),
        stores: z.array(store),
        clearable_bytes: z.number().describe("Bytes below `dir` that `clear` would free."),
        remote: remote.nullable().describe("The shared cache; null when none is configured."),
        duration_seconds: durationSchema,
      }),
      z.strictObject({
        ...common,
        action: z.literal("clear"),
        removed: z.array(z.string()).describe("Posix paths of files and folders."),
        freed_bytes: z.number(),
        duration_seconds: durationSchema,
      }),
      z.strictObject({
        ...common,
        action: z.literal("prune"),
        removed_replies: z.number(),
        kept_replies: z.number(),
        freed_bytes: z.number().describe("Includes what no reply needed any more."),
        kept_bytes: z.number(),
        duration_seconds: durationSchema,
      }),
    ])
    .meta({ title: "jaunt cache", description: "What is kept, or what was removed; `action` says which." }),
);
