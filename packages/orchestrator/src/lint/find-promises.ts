import { readSentences, type Sentence } from "./doc-sentences.ts";

/** What a sentence promises that an example could show. */
export type PromiseKind =
  | "throws"
  | "absence"
  | "empty"
  | "literal"
  | "case"
  | "order"
  | "default"
  | "rounding"
  | "never"
  | "must";

/** A sentence of a doc that promises behaviour. */
export interface DocPromise {
  readonly text: string;
  /** What the sentence can be found by in the doc. */
  readonly firstLine: string;
  readonly claims: readonly Claim[];
}

/** One thing that a sentence promises. */
export interface Claim {
  readonly kind: PromiseKind;
  /** Of `throws` the class, of `absence` the value, of `literal` the texts that it names. */
  readonly words: readonly string[];
}

/** The sentences of a cleaned doc that promise behaviour, each with what it promises. */
export function findPromises(doc: string): readonly DocPromise[] {
  return readSentences(doc).flatMap((sentence): readonly DocPromise[] => {
    const claims = claimsOf(sentence);
    return claims.length === 0 ? [] : [{ text: sentence.text, firstLine: sentence.firstLine, claims }];
  });
}

const condition = /\b(?:when|if|for|unless|without|otherwise|else|where|has|have|in case)\b|\bis (?:absent|missing)\b/i;

/** In the order of how plainly they can be shown. */
function claimsOf({ text, tag }: Sentence): readonly Claim[] {
  if (tag === "throws") return [{ kind: "throws", words: thrownClass(/^\{([^}]+)\}/.exec(text)?.[1]) }];
  // What stands in quotes or code is named, not said; a link says nothing but a name.
  const said = text.replaceAll(/"[^"]*"|``[^]*?``|`[^`]*`|\{@link[^}]*\}/g, "_");
  const claims: Claim[] = [];
  const thrown =
    /(?<!never |not )\b(?:[Tt]hrows?|[Rr]ejects? with|[Rr]aises?)\b(?:\s+(?:an?\s+)?(?:\{@link\s+|`)?([A-Z]\w*)\b)?/.exec(
      text,
    );
  if (thrown !== null && (thrown[1] !== undefined || condition.test(said)))
    claims.push({ kind: "throws", words: thrownClass(thrown[1]) });
  const absent = /\b(undefined|null|NaN)\b/.exec(text.replaceAll(/"[^"]*"/g, "_"))?.[1];
  if (absent !== undefined && condition.test(said)) claims.push({ kind: "absence", words: [absent] });
  // What is missing cannot be written down as something empty.
  if (/\b(?:empty|blank)\b/i.test(said) && !/^(?:missing|absent)\b/i.test(said))
    claims.push({ kind: "empty", words: [] });
  const named = literalsIn(text);
  if (named.length > 0) claims.push({ kind: "literal", words: named });
  if (
    /\b(?:in|of) (?:any|either) case\b|\bcase[- ]insensitive|\bignor\w+ (?:the )?case\b|\b(?:lower|upper)[- ]?cased?\b/i.test(
      said,
    )
  )
    claims.push({ kind: "case", words: [] });
  if (
    /\bin (?!any\b)(?:\w+ ){0,2}order\b|\border(?:ed)? (?:of|by)\b|\b(?:sorted(?! into)|ascending|descending)\b|\b(?:oldest|newest|first|last|smallest|largest) first\b|\bkeep\w* (?:\w+ ){0,2}order\b/i.test(
      said,
    )
  )
    claims.push({ kind: "order", words: [] });
  if (/\bdefaults? (?:to\b|is\b|_)|\bby default\b|\(default\b/i.test(said)) claims.push({ kind: "default", words: [] });
  if (/\bround(?:s|ed|ing)?\b/i.test(said)) claims.push({ kind: "rounding", words: [] });
  if (/(?<!\b(?:is|are|that) )\bnever\b(?! looked)/i.test(said)) claims.push({ kind: "never", words: [] });
  if (/\bmust\b/i.test(said)) claims.push({ kind: "must", words: [] });
  return claims;
}

function thrownClass(name: string | undefined): readonly string[] {
  return name === undefined ? [] : [name.trim().split(/[.\s]/).at(-1) ?? ""];
}

/** Texts in double quotes, and those in backticks that are no name, call or type. */
function literalsIn(text: string): readonly string[] {
  const outside = text.replaceAll(/\{@link[^}]*\}/g, "_");
  // Several plain words in quotes stand for others, or are meant so to speak.
  const isPlaceholder = (inner: string): boolean => /^[a-z]+(?: [a-z]+)+$/.test(inner);
  const quoted = [...outside.replaceAll(/``[^]*?``|`[^`]*`/g, "_").matchAll(/"([^"\n]+)"/g)].map(
    ([, inner = ""]) => inner,
  );
  const ticked = [...outside.matchAll(/(?<!`)`([^`]+)`(?!`)/g)].map(([, inner = ""]) => inner);
  const named = ticked.flatMap((inner) => {
    const string = /^(["'])(.+)\1$/.exec(inner)?.[2];
    return string ?? (/^-?\d+(?:\.\d+)?$/.test(inner) ? [inner] : []);
  });
  return [...quoted, ...named].filter((inner) => !isPlaceholder(inner));
}
