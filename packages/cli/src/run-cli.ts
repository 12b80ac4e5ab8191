import type { ExitCode } from "@jaunt/core";
import { parseCommandLine } from "./command-line/parse-command-line.ts";
import { scanArguments, type ScannedArguments } from "./command-line/scan-arguments.ts";
import { createErrorReport } from "./error-report.ts";
import { exitCodeOfReport } from "./exit-code.ts";
import { readManifest } from "./manifest.ts";
import type { HelpDocument } from "./report.ts";
import { createFileReader } from "./project/file-reader.ts";
import { renderError } from "./render/error.ts";
import { renderReport } from "./render/report.ts";
import { createView, type View } from "./render/view.ts";
import { builtInServices, type Services } from "./services.ts";
import { allowsColor, type Terminal, type TerminalOutput } from "./terminal.ts";

/**
 * Runs one command line and gives its exit code: the whole of `jaunt`, without touching the process it runs in. Results go to
 * standard output, errors and progress to standard error; with `--json` standard output is exactly one JSON document,
 * and with `--events` one in each line.
 */
export async function runCli(
  argv: readonly string[],
  given: Terminal,
  services: Services = builtInServices,
): Promise<ExitCode | 0> {
  const scanned = scanArguments(argv);
  const terminal = scanned.color ? given : { ...given, env: { ...given.env, NO_COLOR: "1" } };
  const { stdout, stderr } = terminal;
  const manifest = readManifest();
  try {
    const width = Math.min(screenWidth(stdout), 100);
    const invocation = parseCommandLine(argv, {
      version: manifest.version,
      width,
      color: allowsColor(stdout, terminal.env),
    });
    if (invocation.kind === "help") {
      const help = { schema: "jaunt.help/1", command: scanned.command, text: invocation.text } satisfies HelpDocument;
      stdout.write(printsJson(scanned) ? `${JSON.stringify(help)}\n` : invocation.text);
      return 0;
    }
    const view = (output: TerminalOutput): View => viewOn(output, terminal, scanned);
    // Help needs none of the commands.
    const { runCommand } = await import("./commands/run-command.ts");
    const report =
      invocation.kind === "version"
        ? ({ schema: "jaunt.version/1", command: "version", version: manifest.version } as const)
        : await runCommand(invocation, { terminal, services, version: manifest.version, progressView: view(stderr) });
    if (report === undefined) return terminal.signal.aborted ? 130 : 0;
    stdout.write(`${printsJson(scanned) ? JSON.stringify(report) : renderReport(report, view(stdout))}\n`);
    return exitCodeOfReport(report);
  } catch (error) {
    return printError(error, argv, terminal);
  }
}

/** Prints what stopped a command, as text or as its one JSON document, and gives the exit code. */
export function printError(error: unknown, argv: readonly string[], terminal: Terminal): ExitCode {
  const scanned = scanArguments(argv);
  const report = createErrorReport(error, {
    command: scanned.command,
    argv,
    debug: scanned.debug,
    manifest: readManifest(),
    env: terminal.env,
  });
  if (printsJson(scanned)) terminal.stdout.write(`${JSON.stringify(report)}\n`);
  else terminal.stderr.write(`${renderError(report, viewOn(terminal.stderr, terminal, scanned))}\n`);
  return report.error.exit_code;
}

function printsJson({ json, events }: ScannedArguments): boolean {
  return json || events;
}

function viewOn(output: TerminalOutput, { env, cwd }: Terminal, { root, verbose }: ScannedArguments): View {
  return createView({
    color: allowsColor(output, env),
    width: screenWidth(output),
    verbose,
    readText: createFileReader(cwd, root),
  });
}

/** Some pseudo-terminals say that they are zero columns wide; files and pipes have no width at all. */
function screenWidth({ isTTY = false, columns = 0 }: TerminalOutput): number {
  return columns > 0 ? columns : isTTY ? 80 : 200;
}
