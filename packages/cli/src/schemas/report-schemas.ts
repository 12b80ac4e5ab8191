import {
  buildReportSchema,
  cacheReportSchema,
  checkReportSchema,
  cleanReportSchema,
  lintReportSchema,
  planReportSchema,
  statusReportSchema,
  syncReportSchema,
  testReportSchema,
  watchReportSchema,
  whyReportSchema,
} from "@jaunt/orchestrator/schemas";
import type { z } from "zod";
import type { Report } from "../report.ts";
import {
  doctorReportSchema,
  guardReportSchema,
  initReportSchema,
  instructionsReportSchema,
  skillReportSchema,
  versionReportSchema,
} from "./own-reports.ts";

/** The schema of what each command prints with `--json`. A report without one does not compile. */
export const reportSchemas: {
  readonly [Command in Report["command"]]: z.ZodType<Extract<Report, { command: Command }>>;
} = Object.freeze({
  build: buildReportSchema,
  cache: cacheReportSchema,
  check: checkReportSchema,
  clean: cleanReportSchema,
  doctor: doctorReportSchema,
  guard: guardReportSchema,
  init: initReportSchema,
  instructions: instructionsReportSchema,
  lint: lintReportSchema,
  plan: planReportSchema,
  skill: skillReportSchema,
  status: statusReportSchema,
  sync: syncReportSchema,
  test: testReportSchema,
  version: versionReportSchema,
  watch: watchReportSchema,
  why: whyReportSchema,
});
