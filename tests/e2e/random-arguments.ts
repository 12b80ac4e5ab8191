/** What a command takes, as its help says. */
export interface CommandShape {
  /** The words that name it: `cache prune`. */
  readonly words: readonly string[];
  readonly options: readonly OptionShape[];
  readonly takesArgument: boolean;
}

interface OptionShape {
  readonly name: string;
  readonly takesValue: boolean;
}

/** Reads the help of one command, and which commands stand below it. */
export function readHelp(words: readonly string[], help: string): CommandShape & { readonly below: readonly string[] } {
  const section = (title: RegExp): string =>
    new RegExp(`^${title.source}:\\n((?: {2}.*\\n|\\n(?= {2}))*)`, "gm").exec(help)?.[1] ?? "";
  const below = [...section(/Commands/).matchAll(/^ {2}([a-z]+)/gm)].map((match) => match[1] ?? "");
  const options = [...help.matchAll(/^ {2}(?:-[a-zA-Z], )?(--[a-z-]+)( <)?/gm)].map(
    ([, name = "", value]): OptionShape => ({ name, takesValue: value !== undefined }),
  );
  return { words, options, below, takesArgument: /^Arguments:/m.test(help) };
}

/** Argument lists of every kind: right ones, wrong ones and absurd ones. The same `random` gives the same lists. */
export function randomArguments(commands: readonly CommandShape[], random: () => number): readonly string[] {
  const pick = <Item>(items: readonly Item[]): Item => items[Math.floor(random() * items.length)] as Item;
  const chance = (share: number): boolean => random() < share;
  const command = pick(commands);
  const words = command.words.map((word) => (chance(0.04) ? `${word}x` : word));
  const options = Array.from({ length: Math.floor(random() * 5) }, (): readonly string[] => {
    const foreign = chance(0.15) ? pick(commands) : command;
    const { name, takesValue } = pick(
      foreign.options.length > 0 ? foreign.options : [{ name: "--nothing", takesValue: false }],
    );
    // The help of a command ends the line before anything else is looked at.
    if (name === "--help" && chance(0.7)) return ["--json"];
    const value = valueFor(name, pick, chance);
    if (takesValue) return chance(0.1) ? [name] : chance(0.4) ? [`${name}=${value}`] : [name, value];
    return chance(0.06) ? [`${name}=${value}`] : [name];
  }).flat();
  const argument = command.takesArgument ? (chance(0.8) ? [pick(odd)] : []) : chance(0.1) ? [pick(odd)] : [];
  const json = chance(0.6) ? ["--json"] : [];
  const end = chance(0.08) ? ["--", pick(odd)] : [];
  return chance(0.15)
    ? [...json, ...options, ...words, ...argument, ...end]
    : [...words, ...argument, ...options, ...json, ...end];
}

/** Values that tools of all kinds have stumbled over. None is a path out of the project. */
const odd: readonly string[] = [
  "src/a",
  "src/a:a",
  "src/*",
  "state:stale",
  "+src/b",
  "src/b+",
  "src/a.jaunt.ts",
  "src/none",
  "state:none",
  "",
  " ",
  "-",
  "--",
  "+",
  "++",
  "***",
  "[",
  "{a,b",
  "0",
  "-1",
  "1e999",
  "NaN",
  "__proto__",
  "constructor",
  "toString",
  "naïve/ünïcode",
  "日本語",
  "👩‍👩‍👧",
  "a\u0000b",
  "a\nb",
  "\u001b[31mred",
  "%s%n",
  "$(id)",
  "`id`",
  "; id",
  "\\",
  "'",
  '"',
  "x".repeat(5000),
  "src/".repeat(400),
];

const fitting: Readonly<Record<string, readonly string[]>> = {
  "--jobs": ["1", "2", "999999", "0", "1.5"],
  "--layout": ["src", "flat", "round"],
  "--provider": ["auto", "replay", "", "@acme/none"],
  "--since": ["HEAD", "main", "-x", "HEAD~100"],
  "--older-than": ["1d", "0h", "5", "99999999w"],
  "--max-size": ["1GB", "0B", "huge"],
  "--output": ["json", "text", "xml"],
  "--root": [".", "src", "nowhere", "jaunt.toml"],
  "--dest": ["out", "src/a.jaunt.ts", "deep/er/out"],
  "--record": ["replies", "jaunt.toml"],
  "--format": ["agents", "claude", "cursor", "copilot", "all"],
  "--hook": ["claude", "other"],
};

function valueFor(
  name: string,
  pick: <Item>(items: readonly Item[]) => Item,
  chance: (share: number) => boolean,
): string {
  const known = Object.hasOwn(fitting, name) ? fitting[name] : undefined;
  return known !== undefined && chance(0.6) ? pick(known) : pick(odd);
}
