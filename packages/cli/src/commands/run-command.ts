import type { Invocation } from "../command-line/invocation.ts";
import type { Report } from "../report.ts";
import { runBuild } from "./build.ts";
import { runCache } from "./cache.ts";
import { runClean } from "./clean.ts";
import type { CommandContext } from "./command-context.ts";
import { runGuard } from "./guard.ts";
import { runMcp } from "./mcp.ts";
import { moduleOrRef, selection } from "./selection.ts";
import { runTest } from "./test.ts";
import { runWatch } from "./watch.ts";
import { withProject } from "./with-project.ts";

/** Runs one command to its report; undefined when it has none, for it was a server. What is seldom asked for is loaded only then. */
export async function runCommand(
  { call, globals }: Extract<Invocation, { kind: "run" }>,
  context: CommandContext,
): Promise<Report | undefined> {
  switch (call.command) {
    case "init":
      return (await import("./init.ts")).runInit(call.options, globals, context);
    case "doctor":
      return (await import("./doctor.ts")).runDoctor(globals, context);
    case "build":
      return runBuild(call.options, globals, context);
    case "mcp":
      await runMcp(globals, context);
      return undefined;
    case "test":
      return runTest(call.options, globals, context);
    case "skill":
      return (await import("./skill.ts")).runSkill(call.options, globals, context);
    case "instructions":
      return (await import("./instructions.ts")).runInstructions(globals, context);
    case "guard":
      if (call.mode === "git") return runGuard(globals, context);
      await (await import("../guard/answer-claude.ts")).answerClaude(context.terminal);
      return undefined;
    case "watch":
      return runWatch(call.options, globals, context);
    case "clean":
      return runClean(call.options, globals, context);
    case "cache":
      return runCache(call.cache, globals, context);
    case "why":
      return withProject(globals, context, async ({ project, languages }) =>
        project.why(moduleOrRef(call.module, project.root, context.terminal.cwd, languages)),
      );
    case "check":
      return withProject(globals, context, async (opened) =>
        opened.project.check({
          ...selection(globals, opened, context.terminal.cwd),
          ...(call.options.since === undefined ? {} : { since: call.options.since }),
        }),
      );
    case "lint":
      return withProject(globals, context, async (opened) =>
        opened.project.lint({ ...selection(globals, opened, context.terminal.cwd), ...call.options }),
      );
    case "sync":
    case "status":
    case "plan":
      return withProject(globals, context, async (opened) =>
        opened.project[call.command](selection(globals, opened, context.terminal.cwd)),
      );
  }
}
