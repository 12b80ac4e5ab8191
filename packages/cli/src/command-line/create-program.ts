import { Command, InvalidArgumentError, Option } from "commander";
import { exitCodes } from "../exit-code.ts";
import type {
  BuildCommandOptions,
  CacheCall,
  CheckCommandOptions,
  CleanCommandOptions,
  CommandCall,
  InitOptions,
  LintCommandOptions,
  TestCommandOptions,
  WatchCommandOptions,
} from "./invocation.ts";
import { addAgentCommands } from "./agent-commands.ts";
import { parseBytes, parseDuration } from "./quantities.ts";

export interface ProgramOptions {
  readonly version: string;
  /** Columns that help is wrapped to. */
  readonly width: number;
  readonly color: boolean;
  /** Help and the version, asked for. */
  readonly writeOut: (text: string) => void;
}

/** The commander program: names, options and help of every command. `onCall` gets what was asked for; nothing is run. */
export function createProgram(options: ProgramOptions, onCall: (call: CommandCall) => void): Command {
  const program = new Command("jaunt");
  program
    .description("A compiler for intent: typed spec stubs in, checked implementations out.")
    .usage("<command> [options]")
    .version(options.version, "-V, --version", "print the version")
    .helpOption("-h, --help", "show help; `jaunt <command> --help` for one command")
    .helpCommand(false)
    .exitOverride()
    .configureHelp({ showGlobalOptions: true })
    .configureOutput({
      writeOut: options.writeOut,
      writeErr: () => {},
      getOutHelpWidth: () => options.width,
      getErrHelpWidth: () => options.width,
      getOutHasColors: () => options.color,
      getErrHasColors: () => options.color,
    });
  addGlobalOptions(program);
  addCommands(program, onCall);
  program.addHelpText("after", footer);
  return program;
}

const footer = `
<sel> is a module id (src/email), a ref (src/email:parse), a spec file, a glob (src/mail/*) or
      state:<state> (state:stale); +<sel> adds what it needs, <sel>+ what needs it.
${exitLines()}`;

/** The exit codes, on two lines. */
function exitLines(): string {
  const codes = exitCodes.map(({ code, meaning }) => `${String(code)} ${meaning}`);
  return `Exit: ${codes.slice(0, 4).join(", ")},\n      ${codes.slice(4).join(", ")}.`;
}

function addGlobalOptions(program: Command): void {
  program
    .option("--root <dir>", "project folder (default: the nearest one upward with a jaunt.toml)")
    .option("--target <sel>", "only these modules; may be repeated", collect)
    .option("--exclude <sel>", "not these modules; may be repeated", collect)
    .option("--json", "print exactly one JSON document; progress goes to stderr")
    .option("--events", "build, test, watch: stream events as lines of JSON, the report last")
    .addOption(new Option("--output <format>", "`--output json` is the same as --json").choices(["text", "json"]))
    .option("--verbose", "also show notes, unresolved names and the errors of every attempt")
    .option("--debug", "keep every prompt in .jaunt/prompts, and show stack traces")
    .option("--no-color", "no colours and no live display; the same as NO_COLOR=1");
}

function addCommands(program: Command, onCall: (call: CommandCall) => void): void {
  program
    .command("init")
    .description("set up Jaunt in a project: write jaunt.toml; never overwrites a file")
    .addOption(new Option("--layout <layout>", "where sources live").choices(["src", "flat"]))
    .option("--provider <name>", "auto, a provider (anthropic, ollama, codex, ...), or a plug-in")
    .option("--example", "also write an example spec")
    .option("-y, --yes", "ask nothing; take what was detected")
    .action(({ layout, provider, example = false, yes = false }: Partial<InitOptions>) =>
      onCall({ command: "init", options: { layout, provider, example, yes } }),
    );
  program
    .command("sync")
    .description("write facades and typed placeholders: editors and tsc are green before a build")
    .summary("write facades and typed placeholders, so that editors are green")
    .action(() => onCall({ command: "sync" }));
  program
    .command("build")
    .description("generate, check and write what is unbuilt or stale")
    .option("--force", "generate even what is current; with --target also edited files")
    .option("--jobs <n>", "how many modules at once (default: [build] jobs)", positiveInteger)
    .option("--offline", "no model call: use only cached replies")
    .option("--no-cache", "ask afresh, even for what was answered before")
    .option("--batch", "ask by batches: half the price, within a day; can be stopped")
    .option("--resume", "go on with the batches that were submitted before")
    .option("--retry-failed", "only what failed in the last build, and what that holds up")
    .option("--record <dir>", "keep every reply as a recording for the replay provider")
    .option("--dry-run", "print what would be done, as `jaunt plan` does, and stop")
    .action(
      ({
        force = false,
        jobs,
        offline = false,
        cache = true,
        resume = false,
        batch = resume,
        retryFailed = false,
        record,
        dryRun = false,
      }: Partial<BuildCommandOptions>) =>
        onCall({
          command: "build",
          options: { force, jobs, offline, cache, batch, resume, retryFailed, record, dryRun },
        }),
    );
  program
    .command("test")
    .description("build, generate the tests that are due, and run them with the examples; fails with 4")
    .summary("build, generate the tests that are due, and run all tests")
    .option("--no-build", "test what is built as it stands")
    .option("--force", "generate even tests that are current; with --target also edited ones")
    .option("--jobs <n>", "how many modules, and test files, at once (default: [test] jobs)", positiveInteger)
    .option("--offline", "no model call: use only cached replies")
    .option("--no-cache", "ask afresh, even for what was answered before")
    .addOption(
      new Option(
        "--mutants [n]",
        "plant small mistakes in built code, at most <n> a module, and count which are noticed",
      )
        .preset("25")
        .argParser(positiveInteger),
    )
    .argument("[args...]", "behind `--`: arguments of the project's test runner")
    .action(
      (
        args: readonly string[],
        { build = true, force = false, jobs, offline = false, cache = true, mutants }: Partial<TestCommandOptions>,
      ) => onCall({ command: "test", options: { build, force, jobs, offline, cache, mutants, args } }),
    );
  program
    .command("watch")
    .description("build, and again whenever a file changes; stop it with Ctrl-C")
    .option("--jobs <n>", "how many modules at once (default: [build] jobs)", positiveInteger)
    .option("--offline", "no model call: use only cached replies")
    .option("--no-cache", "ask afresh, even for what was answered before")
    .option("--test", "run the tests that a change touches once all is built, generating those that are due")
    .action(({ jobs, offline = false, cache = true, test = false }: Partial<WatchCommandOptions>) =>
      onCall({ command: "watch", options: { jobs, offline, cache, test } }),
    );
  simpleCommand(program, "status", "show the state of every module, and why", onCall);
  program
    .command("why")
    .description("explain part by part why a module is in its state: what changed, and the next command")
    .summary("explain part by part why a module is in its state")
    .argument("<module>", "module id, ref or spec file: src/email, src/email:parse, src/email.jaunt.ts")
    .action((module: string) => onCall({ command: "why", module }));
  simpleCommand(program, "plan", "print what a build would do, in which order, why, and what it may cost", onCall);
  program
    .command("check")
    .description("fail unless everything generated is current and type-checks; for CI: no key, no call, no write")
    .summary("fail unless everything generated is current and type-checks")
    .option("--since <ref>", "only what differs from where the branch left this git revision, and what that concerns")
    .action(({ since }: Partial<CheckCommandOptions>) => onCall({ command: "check", options: { since } }));
  program
    .command("lint")
    .description("list which examples are checked, and what docs promise that no example shows; calls nobody")
    .summary("list which examples are checked, and promises that none shows")
    .option("--strict", "end in 3 when there are warnings")
    .action(({ strict = false }: Partial<LintCommandOptions>) => onCall({ command: "lint", options: { strict } }));
  program
    .command("clean")
    .description("remove generated files and facades that are exactly as Jaunt wrote them")
    .option("--dry-run", "print what would be removed, and stop")
    .option("--orphans", "only generated files whose spec is gone")
    .option("-y, --yes", "do not ask")
    .action(({ dryRun = false, orphans = false, yes = false }: Partial<CleanCommandOptions>) =>
      onCall({ command: "clean", options: { dryRun, orphans, yes } }),
    );
  addCacheCommands(program, (cache) => onCall({ command: "cache", cache }));
  simpleCommand(program, "doctor", "check tools, configuration and key; say how to mend what is wrong", onCall);
  addAgentCommands(program, onCall);
}

function addCacheCommands(program: Command, onCall: (call: CacheCall) => void): void {
  const cache = program.command("cache").description("show, clear or prune what is kept to avoid paying twice");
  cache
    .command("info")
    .description("print what is kept, how large it is, and whether the shared cache answers")
    .action(() => onCall({ action: "info" }));
  cache
    .command("clear")
    .description("remove everything below [cache] dir; the shared cache stays as it is")
    .option("-y, --yes", "do not ask")
    .action(({ yes = false }: { readonly yes?: boolean }) => onCall({ action: "clear", yes }));
  cache
    .command("prune")
    .description("remove damaged replies, and with a limit those that were not used for longest")
    .option("--older-than <time>", "replies not used for so long, such as 12h, 30d or 8w", parseDuration)
    .option("--max-size <size>", "the least recently used replies beyond this size, such as 500MB or 2GB", parseBytes)
    .action(({ olderThan, maxSize }: { readonly olderThan?: number; readonly maxSize?: number }) =>
      onCall({ action: "prune", olderThanMs: olderThan, maxBytes: maxSize }),
    );
}

function simpleCommand(
  program: Command,
  command: "sync" | "status" | "plan" | "doctor",
  description: string,
  onCall: (call: CommandCall) => void,
): void {
  program
    .command(command)
    .description(description)
    .action(() => onCall({ command }));
}

function collect(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value];
}

function positiveInteger(text: string): number {
  const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (!Number.isSafeInteger(value) || value < 1) throw new InvalidArgumentError("It must be a whole number from 1.");
  return value;
}
