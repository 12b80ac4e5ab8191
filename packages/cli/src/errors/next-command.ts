import { shellArgument } from "@jaunt/core";
import { findErrorEntry } from "./error-catalog.ts";

/**
 * The exact command that helps on after an error: the first one that its hint names, else the catalog's. `again` in the catalog means the
 * same command line. Null when it takes more than a command.
 */
export function nextCommand(code: string, hint: string, argv: readonly string[]): string | null {
  const entry = findErrorEntry(code);
  if (entry?.next === "again") return ["jaunt", ...argv.map(shellArgument)].join(" ");
  const named = [...hint.matchAll(/`(jaunt [^`\n]+)`/g)].map((match) => match[1] ?? "");
  // What a person still has to fill in is no exact command.
  return (
    named.find((command) => !/[<>…]|\b(?:DIR|REF|SEL|NAME|PATH)\b|src\/email\b/.test(command)) ?? entry?.next ?? null
  );
}
