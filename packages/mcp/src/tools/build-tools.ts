import { JauntError } from "@jaunt/core";
import type { Config } from "@jaunt/core/config";
import type { BuildOptions, Project, TestOptions } from "@jaunt/orchestrator";
import {
  CLIENT_INFO_META_KEY,
  type CallToolResult,
  type McpServer,
  type ServerContext,
} from "@modelcontextprotocol/server";
import { z } from "zod";
import { pendingOf, startJob, type BuildJob, type JobReport } from "../jobs/build-job.ts";
import { createDelegateBackend, type DelegateBackend } from "../jobs/delegate-backend.ts";
import { describeJob } from "../jobs/describe-job.ts";
import { errorResult, reportResult } from "../protocol/tool-result.ts";
import { withProgress } from "../protocol/with-progress.ts";
import { withProject, type OpenChanges, type Session } from "../session.ts";
import { chosen } from "./report-tools.ts";
import { compact } from "./compact.ts";
import { moduleName, outputs, selection, waitMs } from "./schemas.ts";

/** The tools that build: they start a job, look after it, and feed it. */
export function addBuildTools(server: McpServer, session: Session): void {
  server.registerTool(
    "jaunt_build",
    {
      title: "Build",
      description:
        "Builds what is unbuilt or stale; after wait_ms answers with a job. delegate: you write the code; prompts come back as pending.",
      inputSchema: compact(
        z.strictObject({
          ...selection,
          force: z.boolean().optional(),
          offline: z.boolean().optional(),
          mode: z.enum(["model", "delegate"]).default("model"),
          wait_ms: waitMs,
        }),
      ),
      outputSchema: outputs.build,
      annotations: { readOnlyHint: false, destructiveHint: false, idempotentHint: true, openWorldHint: true },
    },
    ({ mode, wait_ms, force = false, offline = false, ...input }, context) =>
      answer("build", async () => {
        const options: BuildOptions = { ...chosen(input), force, offline };
        const work: Work = { command: "build", run: (project) => project.build(options), mode, waitMs: wait_ms };
        return startWork(server, session, work, context);
      }),
  );
  server.registerTool(
    "jaunt_test",
    {
      title: "Test",
      description:
        "Builds, writes due tests from their specs, runs them with examples and properties. Jobs as jaunt_build.",
      inputSchema: compact(
        z.strictObject({
          ...selection,
          build: z.boolean().optional(),
          mode: z.enum(["model", "delegate"]).default("model"),
          wait_ms: waitMs,
        }),
      ),
      outputSchema: outputs.test,
      annotations: { readOnlyHint: false, destructiveHint: false, idempotentHint: true, openWorldHint: true },
    },
    ({ mode, wait_ms, build = true, ...input }, context) =>
      answer("test", async () => {
        const options: TestOptions = { ...chosen(input), build };
        const work: Work = { command: "test", run: (project) => project.test(options), mode, waitMs: wait_ms };
        return startWork(server, session, work, context);
      }),
  );
  server.registerTool(
    "jaunt_job",
    {
      title: "Follow or cancel a build",
      description: "State of a build job (default: the latest), its pending prompts, and its report at the end.",
      inputSchema: compact(
        z.strictObject({
          job: z.string().optional(),
          action: z.enum(["status", "wait", "cancel"]).default("status"),
          wait_ms: waitMs,
        }),
      ),
      outputSchema: outputs.job,
      annotations: { readOnlyHint: false, destructiveHint: false, idempotentHint: true, openWorldHint: false },
    },
    ({ job: id, action, wait_ms }, context) =>
      answer("job", async () => {
        const job = session.board.find(id);
        if (action === "cancel") await job.cancel();
        if (action === "wait") await follow(context, job, wait_ms, () => isReady(job));
        return reportResult(describeJob(job));
      }),
  );
  server.registerTool(
    "jaunt_submit",
    {
      title: "Submit a module's source",
      description: "Answers a pending prompt of a delegated build; gives the verdict and what is pending next.",
      inputSchema: compact(
        z.strictObject({
          job: z.string().optional(),
          module: moduleName,
          source: z.string(),
          wait_ms: waitMs,
        }),
      ),
      outputSchema: outputs.job,
      annotations: { readOnlyHint: false, destructiveHint: false, idempotentHint: false, openWorldHint: false },
    },
    ({ job: id, module, source, wait_ms }, context) =>
      answer("submit", async () => {
        const job = session.board.find(id);
        const before = job.verdicts().length;
        submitTo(job, module, source);
        const verdict = (): ReturnType<BuildJob["verdicts"]>[number] | undefined =>
          job
            .verdicts()
            .slice(before)
            .find((one) => one.module === module);
        await follow(context, job, wait_ms, () => verdict() !== undefined && isReady(job));
        return reportResult(describeJob(job, verdict()));
      }),
  );
}

async function answer(command: string, work: () => Promise<CallToolResult>): Promise<CallToolResult> {
  try {
    return await work();
  } catch (error) {
    return errorResult(command, error);
  }
}

/** What a job is to do, and who writes the code. */
interface Work {
  readonly command: JobReport["command"];
  readonly run: (project: Project) => Promise<JobReport>;
  readonly mode: "model" | "delegate";
  readonly waitMs: number;
}

/** Starts a job; answers with its report, or with the job itself when it takes longer or waits for the agent. */
async function startWork(
  server: McpServer,
  session: Session,
  work: Work,
  context: ServerContext,
): Promise<CallToolResult> {
  const agent = work.mode === "delegate" ? clientName(server, context) : undefined;
  const job = await session.board.start((id) => beginJob(session, id, work, agent));
  const { signal } = context.mcpReq;
  const cancel = (): void => void job.cancel();
  signal.addEventListener("abort", cancel, { once: true });
  await follow(context, job, work.waitMs, () => isReady(job));
  signal.removeEventListener("abort", cancel);
  if (job.state() === "running") return reportResult(describeJob(job));
  const report = job.report();
  return report === undefined ? errorResult(work.command, job.error()) : reportResult(report);
}

function beginJob(session: Session, id: string, { command, run }: Work, agent: string | undefined): BuildJob {
  const { delegateTimeLimitMs: timeLimitMs } = session;
  return startJob({
    id,
    command,
    ...(agent === undefined
      ? {}
      : { makeDelegate: (onChange) => createDelegateBackend({ agent, timeLimitMs, onChange }) }),
    run: ({ signal, onEvent, delegate }) => {
      const changes = delegate === undefined ? {} : changesFor(delegate);
      return withProject(session, { signal, onEvent, ...changes }, run);
    },
  });
}

function changesFor(delegate: DelegateBackend): Omit<OpenChanges, "signal" | "onEvent"> {
  return { createBackend: () => Promise.resolve(delegate), generatorModel: () => undefined, llm: delegated };
}

function submitTo({ id, delegate }: BuildJob, module: string, source: string): void {
  if (delegate !== undefined) return delegate.submit(module, source);
  throw new JauntError(`${id} is built by the configured model, so it takes no source.`, {
    code: "not-delegated",
    exitCode: 2,
    hint: 'Start one with jaunt_build { "mode": "delegate" }.',
  });
}

/** Replies of the agent are kept apart from those of the configured provider, cost nothing here, and meet no budget. */
const delegated: Partial<Config["llm"]> = Object.freeze({
  provider: "delegate",
  model: "delegate",
  base_url: "",
  max_tokens_per_build: Number.MAX_SAFE_INTEGER,
  pricing: { delegate: { input: 0, cached: 0, output: 0 } },
});

/** Whether the agent can do something now: every module that runs waits for it. */
function isReady(job: BuildJob): boolean {
  const pending = pendingOf(job).length;
  return pending > 0 && pending >= job.progress().running.length;
}

function follow(context: ServerContext, job: BuildJob, timeoutMs: number, until: () => boolean): Promise<void> {
  const describe = (): string => {
    const { done, total, running } = job.progress();
    const count = total === 0 ? "planning" : `${String(done)} of ${String(total)} modules`;
    return `${job.id}: ${count}${running.length === 0 ? "" : `; now ${running.slice(0, 5).join(", ")}`}`;
  };
  return withProgress(context, describe, () => job.wait({ timeoutMs, signal: context.mcpReq.signal, until }));
}

function clientName(server: McpServer, { mcpReq }: ServerContext): string {
  const envelope = mcpReq.envelope as Readonly<Record<string, unknown>> | undefined;
  const sent = envelope?.[CLIENT_INFO_META_KEY] as { readonly name?: string } | undefined;
  const { name } = sent ?? server.server.getClientVersion() ?? {};
  return name?.replaceAll(/[^\w.@-]+/g, "-").slice(0, 80) || "agent";
}
