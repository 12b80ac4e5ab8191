import type { ExampleCase, Spec } from "@jaunt/core";

/**
 * What an author says elsewhere against one of the examples of a spec, as the end of a sentence: another example of the same call, or a
 * sentence of the doc about such arguments. Undefined when nothing is found. `normalise` makes equal what differs in layout only.
 */
export function findContradiction(
  example: ExampleCase,
  others: readonly ExampleCase[],
  { doc }: Pick<Spec, "doc">,
  normalise: (code: string) => string,
): string | undefined {
  const same = (left: readonly string[], right: readonly string[]): boolean =>
    normalise(left.join("\n")) === normalise(right.join("\n"));
  const other = others.find(
    ({ ref, call, setup, expectation }) =>
      ref === example.ref &&
      same([...setup, call], [...example.setup, example.call]) &&
      (throwsAnything(expectation) !== throwsAnything(example.expectation) ||
        !same([expectation.value], [example.expectation.value])),
  );
  if (other !== undefined) return `another example says otherwise of the same call: ${oneLine(other.text)}`;
  const sentence = throwsAnything(example.expectation)
    ? sentencesOf(doc).find((each) => neverThrows.test(each) || saysOf(each, example.call, gives))
    : sentencesOf(doc).find((each) => saysOf(each, example.call, throws));
  return sentence === undefined ? undefined : `the doc says otherwise: "${oneLine(sentence)}"`;
}

function throwsAnything({ kind }: ExampleCase["expectation"]): boolean {
  return kind === "throws" || kind === "rejects";
}

const neverThrows = /\bnever (?:throws|rejects)\b|\bdoes not (?:throw|reject)\b|\bwithout throwing\b/i;
const throws = /(?<!never |not )\b(?:throws?|rejects?|is an error)\b|^@throws\b/i;
const gives = /(?<!never |not )\b(?:gives?|returns?|comes to|yields?)\b/i;

/** Words for a kind of argument, and how a call with such an argument looks. */
const kinds: readonly (readonly [word: RegExp, argument: RegExp])[] = [
  [/\b(?:is|when|if|for|an|with an?|given an?) empty\b/i, /[(,]\s*(?:""|''|``|\[\s*\]|\{\s*\})\s*[,)]/],
  [/\bnegative\b/i, /[(,]\s*-\d[\d._]*n?\s*[,)]/],
  [/\bzero\b/i, /[(,]\s*0n?\s*[,)]/],
];

/** Whether a sentence says, with such a verb, what becomes of the very kind of argument that the call has. */
function saysOf(sentence: string, call: string, verb: RegExp): boolean {
  return (
    verb.test(sentence) &&
    !/\b(?:unless|except|but|not|no|non)\b/i.test(sentence) &&
    kinds.some(([word, argument]) => word.test(sentence) && argument.test(call))
  );
}

/** The sentences of a doc, and each `@throws`, without its examples. */
function sentencesOf(doc: string): readonly string[] {
  const prose = doc
    .split(/^(?=@)/m)
    .filter((part) => !/^@(?!throws|returns)/.test(part))
    .flatMap((part) => part.split(/(?<=[.;])\s+|\n\s*\n/));
  return prose.map((each) => each.trim()).filter((each) => each !== "");
}

function oneLine(text: string): string {
  const line = text.replaceAll(/\s+/g, " ").trim();
  return line.length > 120 ? `${line.slice(0, 119)}…` : line;
}
