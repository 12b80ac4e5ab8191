import type { StandardSchemaWithJSON } from "@modelcontextprotocol/server";
import { z } from "zod";
import { compact } from "./compact.ts";

interface SelectionShape {
  readonly targets: z.ZodOptional<z.ZodArray<z.ZodString>>;
  readonly exclude: z.ZodOptional<z.ZodArray<z.ZodString>>;
}

const selectors = z.array(z.string()).optional();

/** Which modules a tool is about. Limits are left to the selectors themselves: every word here is read by a model. */
export const selection: SelectionShape = { targets: selectors, exclude: selectors };

/** How long a call waits before it gives a job's state instead, in milliseconds. */
export const waitMs: z.ZodDefault<z.ZodNumber> = z.number().int().min(0).max(600_000).default(45_000);

/** One module by name. */
export const moduleName: z.ZodString = z.string();

/** The heart of a report; the rest of it is as in `--json`. */
function report(shape: z.ZodRawShape): StandardSchemaWithJSON {
  return compact(z.looseObject(shape));
}

type ToolOutput = "status" | "plan" | "build" | "test" | "check" | "why" | "specInfo" | "clean" | "job";

const list = z.array(z.any());

/** What every tool answers, in short: a client needs the names, not every detail. */
export const outputs: Readonly<Record<ToolOutput, StandardSchemaWithJSON>> = Object.freeze({
  status: report({ modules: z.looseObject({}), counts: z.looseObject({}) }),
  plan: report({ build: list, totals: z.looseObject({}) }),
  build: report({ command: z.enum(["build", "job"]) }),
  test: report({ command: z.enum(["test", "job"]) }),
  check: report({ ok: z.boolean(), problems: list }),
  why: report({ status: z.string(), explanations: list, next: z.string().nullable() }),
  specInfo: report({ specs: list, depends_on: list, dependents: list }),
  clean: report({ dry_run: z.boolean(), removed: list }),
  job: report({ job: z.string(), state: z.enum(["running", "done", "failed", "cancelled"]) }),
});
