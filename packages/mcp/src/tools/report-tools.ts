import type { Project, Selection } from "@jaunt/orchestrator";
import type { CallToolResult, McpServer, ServerContext } from "@modelcontextprotocol/server";
import { z } from "zod";
import { errorResult, reportResult } from "../protocol/tool-result.ts";
import { withProgress } from "../protocol/with-progress.ts";
import { withProject, type Session } from "../session.ts";
import { compact } from "./compact.ts";
import { moduleName, outputs, selection } from "./schemas.ts";

/** The tools that answer with one report and build nothing. */
export function addReportTools(server: McpServer, session: Session): void {
  server.registerTool(
    "jaunt_status",
    {
      title: "Module states",
      description: "State of every module, and why. targets: ids, refs, globs, state:stale, +id, id+.",
      inputSchema: compact(z.strictObject(selection)),
      outputSchema: outputs.status,
      annotations: readOnly,
    },
    (input, context) => answer(session, "status", context, (project) => project.status(chosen(input))),
  );
  server.registerTool(
    "jaunt_plan",
    {
      title: "Build plan",
      description: "What a build would do, in which order, why, and its likely cost. Calls no model.",
      inputSchema: compact(z.strictObject({ ...selection, force: z.boolean().optional() })),
      outputSchema: outputs.plan,
      annotations: readOnly,
    },
    ({ force = false, ...input }, context) =>
      answer(session, "plan", context, (project) => project.plan({ ...chosen(input), force })),
  );
  server.registerTool(
    "jaunt_check",
    {
      title: "Check for drift",
      description: "Whether everything generated is current and type-checks. since: a git revision.",
      inputSchema: compact(z.strictObject({ ...selection, since: z.string().optional() })),
      outputSchema: outputs.check,
      annotations: readOnly,
    },
    ({ since, ...input }, context) =>
      answer(session, "check", context, (project) =>
        project.check({ ...chosen(input), ...(since === undefined ? {} : { since }) }),
      ),
  );
  server.registerTool(
    "jaunt_why",
    {
      title: "Explain a state",
      description: "Why a module (or ref, src/email:parse) is in its state, and the next command.",
      inputSchema: compact(z.strictObject({ module: moduleName })),
      outputSchema: outputs.why,
      annotations: readOnly,
    },
    ({ module }, context) => answer(session, "why", context, (project) => project.why(module)),
  );
  server.registerTool(
    "jaunt_spec_info",
    {
      title: "Specs of a module",
      description: "A module's specs, contracts, examples, dependencies and dependents.",
      inputSchema: compact(z.strictObject({ module: moduleName })),
      outputSchema: outputs.specInfo,
      annotations: readOnly,
    },
    ({ module }, context) => answer(session, "spec_info", context, (project) => project.describe(module)),
  );
  server.registerTool(
    "jaunt_clean",
    {
      title: "Remove generated files",
      description: "Lists what would be removed; removes it only with confirm: true.",
      inputSchema: compact(
        z.strictObject({ ...selection, orphans: z.boolean().optional(), confirm: z.boolean().optional() }),
      ),
      outputSchema: outputs.clean,
      annotations: { readOnlyHint: false, destructiveHint: true, idempotentHint: true, openWorldHint: false },
    },
    ({ orphans = false, confirm = false, ...input }, context) =>
      answer(session, "clean", context, (project) => {
        if (confirm) session.board.refuseWhileBuilding("Removing files");
        return project.clean({ ...chosen(input), orphans, dryRun: !confirm });
      }),
  );
}

const readOnly = { readOnlyHint: true, openWorldHint: false };

async function answer(
  session: Session,
  command: string,
  context: ServerContext,
  ask: (project: Project) => Promise<object>,
): Promise<CallToolResult> {
  const { signal } = context.mcpReq;
  try {
    const work = (): Promise<object> => withProject(session, { signal, onEvent: () => {} }, ask);
    return reportResult(await withProgress(context, () => `${command} is running`, work));
  } catch (error) {
    return errorResult(command, error);
  }
}

/** The selection that was given, without what was left out. */
export function chosen({ targets, exclude }: ChosenInput): Selection {
  return {
    ...(targets === undefined ? {} : { targets }),
    ...(exclude === undefined ? {} : { exclude }),
  };
}

interface ChosenInput {
  readonly targets?: readonly string[] | undefined;
  readonly exclude?: readonly string[] | undefined;
}
