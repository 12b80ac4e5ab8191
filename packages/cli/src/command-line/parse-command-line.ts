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
  refuseContradictions(call);
  if (call.command === "mcp" && globals.json) throw noJson();
  return { kind: "run", call, globals };
}

function globalOptions(values: Readonly<Record<string, unknown>>): GlobalOptions {
  const { root, target, exclude, json, output, debug } = values;
  return {
    root: root as string | undefined,
    json: json === true || output === "json",
    debug: debug === true,
    targets: (target ?? []) as readonly string[],
    exclude: (exclude ?? []) as readonly string[],
  };
}

/** An ignored selection would do more than was asked for. */
function refuseSelection({ command }: CommandCall, { targets, exclude }: GlobalOptions): void {
  const option = targets.length > 0 ? "--target" : exclude.length > 0 ? "--exclude" : undefined;
  if (option === undefined || !["init", "why", "cache", "doctor", "mcp"].includes(command)) return;
  throw new JauntError(`${command} takes no ${option}.`, {
    code: "usage",
    exitCode: 2,
    hint:
      command === "why"
        ? "Name the module itself: `jaunt why src/email`."
        : `Run \`jaunt ${command}\` without it, or see \`jaunt ${command} --help\`.`,
  });
}

function refuseContradictions(call: CommandCall): void {
  if (call.command !== "build" && call.command !== "watch") return;
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

const noBatch = { batch: false, resume: false, dryRun: false };

function noCommand(): JauntError {
  return new JauntError("No command was given.", {
    code: "usage",
    exitCode: 2,
    hint: "`jaunt build` builds, `jaunt init` sets a project up, `jaunt --help` lists everything.",
  });
}

function noJson(): JauntError {
  return new JauntError("mcp serve takes no --json: all that it prints is JSON-RPC.", {
    code: "usage",
    exitCode: 2,
    hint: "Run `jaunt mcp serve` without it.",
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
    cause: error,
  });
}
