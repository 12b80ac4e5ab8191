import { JauntError } from "@jaunt/core";
import { CommanderError } from "commander";
import { createProgram } from "./create-program.ts";
import type { CommandCall, GlobalOptions, Invocation } from "./invocation.ts";
import { scanArguments } from "./scan-arguments.ts";

export interface ParseOptions {
  readonly version: string;
  readonly width: number;
  readonly color: boolean;
}

/**
 * Turns arguments into what they ask for.
 * @throws {JauntError} `usage`, with exit code 2, for what is not understood
 */
export function parseCommandLine(argv: readonly string[], options: ParseOptions): Invocation {
  // No system passes one on, but a caller within the process can.
  if (argv.some((word) => word.includes("\0"))) throw nulCharacter();
  let call: CommandCall | undefined;
  let printed = "";
  const program = createProgram({ ...options, writeOut: (text) => (printed += text) }, (asked) => (call = asked));
  try {
    program.parse(argv, { from: "user" });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.code === "commander.version") return { kind: "version" };
    if (error.code === "commander.helpDisplayed") return { kind: "help", text: printed };
    throw usageError(error, argv);
  }
  if (call === undefined) throw noCommand();
  const globals = globalOptions(program.opts());
  refuseSelection(call, globals);
  refuseEvents(call, globals);
  refuseContradictions(call);
  refuseStray(call, argv);
  if (globals.json && speaksAnotherForm(call)) throw noJson(call);
  return { kind: "run", call, globals };
}

function globalOptions(values: Readonly<Record<string, unknown>>): GlobalOptions {
  const { root, target, exclude, json, events, output, debug } = values;
  return {
    root: root as string | undefined,
    json: json === true || output === "json",
    events: events === true,
    debug: debug === true,
    targets: (target ?? []) as readonly string[],
    exclude: (exclude ?? []) as readonly string[],
  };
}

/** An ignored selection would do more than was asked for. */
function refuseSelection({ command }: CommandCall, { targets, exclude }: GlobalOptions): void {
  const option = targets.length > 0 ? "--target" : exclude.length > 0 ? "--exclude" : undefined;
  if (
    option === undefined ||
    !["init", "why", "cache", "doctor", "mcp", "skill", "instructions", "guard"].includes(command)
  )
    return;
  throw new JauntError(`${command} takes no ${option}.`, {
    code: "usage",
    exitCode: 2,
    hint:
      command === "why"
        ? "Name the module itself: `jaunt why src/email`."
        : `Run \`jaunt ${command}\` without it, or see \`jaunt ${command} --help\`.`,
  });
}

/** One document and a stream of them cannot both be on standard output. */
function refuseEvents({ command }: CommandCall, { events, json }: GlobalOptions): void {
  if (!events) return;
  if (!["build", "test", "watch"].includes(command)) {
    throw new JauntError(`${command} takes no --events.`, {
      code: "usage",
      exitCode: 2,
      hint: `\`jaunt ${command} --json\` prints one document; build, test and watch stream events.`,
    });
  }
  if (!json) return;
  throw new JauntError("--json prints one document and --events one for each event.", {
    code: "usage",
    exitCode: 2,
    hint: "Drop --json: the last line of --events is the document that it prints.",
  });
}

function refuseContradictions(call: CommandCall): void {
  if (call.command !== "build" && call.command !== "test" && call.command !== "watch") return;
  const { offline, cache } = call.options;
  const { batch, resume, dryRun } = call.command === "build" ? call.options : noBatch;
  const contradictions: readonly (readonly [boolean, string])[] = [
    [offline && !cache, "--offline and --no-cache leave no place to take a reply from."],
    [offline && batch, "--batch asks the provider, and --offline forbids it."],
    [resume && !cache, "--resume waits for what was asked before, and --no-cache asks afresh."],
    [resume && dryRun, "--resume waits for what was asked before, and --dry-run does nothing."],
  ];
  const found = contradictions.find(([holds]) => holds);
  if (found !== undefined) throw new JauntError(found[1], { code: "usage", exitCode: 2, hint: "Drop one of them." });
}

/** A module named without --target would reach the runner, which knows nothing of modules. */
function refuseStray(call: CommandCall, argv: readonly string[]): void {
  if (call.command !== "test") return;
  const end = argv.indexOf("--");
  const passedOn = end === -1 ? 0 : argv.length - end - 1;
  const [stray] = call.options.args;
  if (stray === undefined || call.options.args.length <= passedOn) return;
  throw new JauntError(`test takes no argument ${JSON.stringify(stray)}.`, {
    code: "usage",
    exitCode: 2,
    hint: `\`jaunt test --target ${stray}\` selects modules; arguments of the runner go behind \`--\`.`,
  });
}

const noBatch = { batch: false, resume: false, dryRun: false };

function nulCharacter(): JauntError {
  return new JauntError("An argument holds a NUL character.", {
    code: "usage",
    exitCode: 2,
    hint: "Take it out: no path and no name can hold one.",
  });
}

function noCommand(): JauntError {
  return new JauntError("No command was given.", {
    code: "usage",
    exitCode: 2,
    hint: "`jaunt --help` lists everything; `jaunt build` builds, `jaunt init` sets a project up.",
  });
}

/** Commands whose standard output is a protocol, with documents of its own. */
function speaksAnotherForm(call: CommandCall): boolean {
  return call.command === "mcp" || (call.command === "guard" && call.mode !== "git");
}

function noJson({ command }: CommandCall): JauntError {
  const [name, form] =
    command === "mcp"
      ? ["mcp serve", "all that it prints is JSON-RPC"]
      : ["guard --hook", "it answers in the agent's own form"];
  return new JauntError(`${name} takes no --json: ${form}.`, {
    code: "usage",
    exitCode: 2,
    hint: `Run \`jaunt ${name}\` without it.`,
  });
}

function noSkillCommand(): JauntError {
  return new JauntError("`jaunt skill` needs to know what to do.", {
    code: "usage",
    exitCode: 2,
    hint: "Run `jaunt skill export`.",
  });
}

function noMcpCommand(): JauntError {
  return new JauntError("`jaunt mcp` needs to know what to do.", {
    code: "usage",
    exitCode: 2,
    hint: "Run `jaunt mcp serve`.",
  });
}

function noCacheCommand(): JauntError {
  return new JauntError("`jaunt cache` needs to know what to do.", {
    code: "usage",
    exitCode: 2,
    hint: "Run `jaunt cache info`, `jaunt cache clear` or `jaunt cache prune`.",
  });
}

function usageError(error: CommanderError, argv: readonly string[]): JauntError {
  if (error.code === "commander.help") {
    const asked = scanArguments(argv).command;
    if (asked === "skill") return noSkillCommand();
    return asked === "cache" ? noCacheCommand() : asked === "mcp" ? noMcpCommand() : noCommand();
  }
  const [problem = "", ...rest] = error.message.replace(/^error: /, "").split("\n");
  const suggestion = rest.join(" ").replace(/^\((.*)\)$/, "$1");
  const { command } = scanArguments(argv);
  const help = `\`jaunt ${command === "jaunt" ? "" : `${command} `}--help\` shows what is possible.`;
  return new JauntError(`${problem.charAt(0).toUpperCase()}${problem.slice(1).replace(/\.?$/, ".")}`, {
    code: "usage",
    exitCode: 2,
    hint: suggestion === "" ? help : `${suggestion} ${help}`,
  });
}
