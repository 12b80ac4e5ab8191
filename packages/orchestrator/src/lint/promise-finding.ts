import type { Diagnostic } from "@jaunt/core";
import type { Claim, DocPromise } from "./find-promises.ts";
import type { Place } from "./locate.ts";

const longestQuote = 140;

/** The finding that nothing shows what a sentence claims, with the examples that would. */
export function promiseFinding({ text }: DocPromise, open: readonly Claim[], place: Place): Diagnostic {
  const quote = text.length > longestQuote ? `${text.slice(0, longestQuote - 1).trimEnd()}…` : text;
  return {
    code: "lint/uncovered-promise",
    severity: "warning",
    message: `No example or property shows: ${quote}`,
    ...place,
    hint: `Add ${[...new Set(open.map(remedy))].join("; and ")}.`,
  };
}

function remedy({ kind, words }: Claim): string {
  switch (kind) {
    case "throws":
      return `an example of it: call // throws ${words[0] ?? "Error"}`;
    case "absence":
      return `an example that comes to it: call // => ${words[0] ?? "undefined"}`;
    case "empty":
      return 'an example with something empty, such as "" or [], in its call or its value';
    case "literal":
      return `an example with ${words.map((word) => JSON.stringify(word)).join(" or ")} in it`;
    case "case":
      return "an example with a capital letter in its call";
    case "order":
      return "an example that comes to several values, or a property";
    case "default":
      return "an example that leaves the argument out";
    case "rounding":
      return "an example with a fraction, or a property";
    case "never":
      return "a property that holds for all values (@property)";
    case "must":
      return "an example of what it refuses (call // throws …), or a property";
  }
}
