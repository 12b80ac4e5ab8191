/** What decides how a result or an error is shown, known even when the rest of the line cannot be understood. */
export interface ScannedArguments {
  /** The subcommand, or `jaunt` when none is named. */
  readonly command: string;
  readonly root: string | undefined;
  readonly json: boolean;
  readonly events: boolean;
  readonly verbose: boolean;
  readonly debug: boolean;
  readonly color: boolean;
}

const commandNames: ReadonlySet<string> = new Set([
  "init",
  "sync",
  "build",
  "test",
  "watch",
  "status",
  "why",
  "plan",
  "check",
  "lint",
  "clean",
  "cache",
  "doctor",
  "mcp",
  "skill",
  "instructions",
  "guard",
]);

/** Looks for the options that concern output, in a line that may be wrong elsewhere. */
export function scanArguments(argv: readonly string[]): ScannedArguments {
  const end = argv.indexOf("--");
  const words = end === -1 ? argv : argv.slice(0, end);
  return {
    command: words.find((word) => commandNames.has(word)) ?? "jaunt",
    root: lastValue(words, "--root"),
    json: words.includes("--json") || lastValue(words, "--output") === "json",
    events: words.includes("--events"),
    verbose: words.includes("--verbose"),
    debug: words.includes("--debug"),
    color: !words.includes("--no-color"),
  };
}

function lastValue(words: readonly string[], option: string): string | undefined {
  const index = words.findLastIndex((word) => word === option || word.startsWith(`${option}=`));
  const word = words[index];
  return word === option ? words[index + 1] : word?.slice(option.length + 1);
}
