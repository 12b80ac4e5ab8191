import type { Command } from "commander";
import { createProgram } from "../command-line/create-program.ts";

/** One command as its own help tells of it. */
export interface CommandFact {
  /** With its arguments: `jaunt why <module>`. */
  readonly usage: string;
  readonly description: string;
  readonly options: readonly OptionFact[];
}

export interface OptionFact {
  /** `--jobs <n>`. */
  readonly flags: string;
  readonly description: string;
}

export interface ProgramFacts {
  readonly commands: readonly CommandFact[];
  /** Options that every command understands. */
  readonly options: readonly OptionFact[];
}

/** The commands and options of the real program, in its order, so that guidance can never tell of others. */
export function describeCommands(): ProgramFacts {
  const program = createProgram({ version: "", width: 100, color: false, writeOut: () => {} }, () => {});
  return { commands: program.commands.flatMap((command) => leaves(command, "jaunt")), options: optionsOf(program) };
}

function leaves(command: Command, parent: string): readonly CommandFact[] {
  const name = `${parent} ${command.name()}`;
  if (command.commands.length > 0) return command.commands.flatMap((inner) => leaves(inner, name));
  const parameters = command.registeredArguments.map((argument) => {
    const shown = `${argument.name()}${argument.variadic ? "..." : ""}`;
    return argument.required ? `<${shown}>` : `[${shown}]`;
  });
  return [{ usage: [name, ...parameters].join(" "), description: command.description(), options: optionsOf(command) }];
}

function optionsOf(command: Command): readonly OptionFact[] {
  return command.options.map(({ flags, description }) => ({ flags, description }));
}
