import { runJaunt } from "@jaunt/testkit";

/** Every command that can be run, as the parser of the binary tells of them in its help: `build`, `cache info`. */
export async function listCommands(folder: string, parent: readonly string[] = []): Promise<readonly string[]> {
  const { stdout } = await runJaunt(folder, [...parent, "--help"]);
  const section = /^Commands:\n((?: {2}.*\n)+)/m.exec(stdout)?.[1] ?? "";
  // Further lines of a description stand further to the right.
  const names = [...section.matchAll(/^ {2}([a-z][a-z-]*)/gm)].flatMap(([, name = ""]) =>
    name === "help" ? [] : [name],
  );
  if (names.length === 0) return [parent.join(" ")];
  return (await Promise.all(names.map((name) => listCommands(folder, [...parent, name])))).flat();
}
