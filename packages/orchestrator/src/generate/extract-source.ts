import type { Diagnostic, GenerateResponse } from "@jaunt/core";
import { findFences, type Fence } from "./find-fences.ts";

/** The source text of a reply, or what is wrong with the reply's form. */
export interface ExtractedSource {
  readonly source: string;
  /** What the model said it missed: the texts of its `// jaunt:needs` lines. */
  readonly needs: readonly string[];
  readonly diagnostics: readonly Diagnostic[];
}

/** What tells the block that was asked for from blocks beside it, such as examples of use. */
export interface WantedSource {
  /** Names that the source is to declare. */
  readonly names: readonly string[];
  /** Names that a text declares; undefined when it does not parse. */
  declares?(text: string): readonly string[] | undefined;
}

/**
 * Takes the source out of a model's reply: the one code block of a text, around which prose is allowed. `file` is the virtual path that
 * diagnostics name. Of several blocks it is the one that declares all that is `wanted`, when no other declares any of it. A reply that holds
 * several sources, or half a one, is a problem and is never guessed at.
 */
export function extractSource(response: GenerateResponse, file: string, wanted: WantedSource): ExtractedSource {
  const text = response.text.replaceAll("\r\n", "\n").replace(/^\uFEFF/, "");
  if (text.trim() === "")
    return problem(
      file,
      "reply/empty",
      "The reply is empty.",
      "Reply with one code block that holds the whole source.",
    );
  if (response.channel === "source") return accept(text);
  const answer = withoutThoughts(text);
  if (answer === undefined) {
    return problem(
      file,
      "reply/unclosed-thought",
      "The reply ends within the model's thoughts, and holds no answer.",
      "Reply with one code block that holds the whole source, with fewer thoughts before it.",
    );
  }
  return fromText(unwrapped(answer), file, wanted);
}

function fromText(text: string, file: string, wanted: WantedSource): ExtractedSource {
  const { fences, unclosed } = findFences(text);
  if (unclosed) {
    return problem(
      file,
      "reply/unclosed-fence",
      "The reply's code block is not closed, so its end is missing.",
      "Reply with the whole source, shorter if need be.",
    );
  }
  if (fences.length === 0) return looksLikeCode(text) ? accept(text) : noCode(file);
  const filled = fences.filter((fence) => fence.text.trim() !== "");
  const [only] = filled;
  if (only === undefined)
    return problem(file, "reply/empty", "The reply's code block is empty.", "Reply with the whole source.");
  const candidates = filled.filter(({ language }) => acceptedLanguages.has(language));
  // A model that marks TypeScript as its nearest kin means no other block by it; whether it is TypeScript is for the checks.
  const usable =
    candidates.length === 0 && filled.length === 1 && kindredLanguages.has(only.language) ? [only] : candidates;
  const [first] = usable;
  if (first === undefined) {
    return problem(
      file,
      "reply/wrong-language",
      `The reply's code block is marked as ${only.language}.`,
      "Reply in TypeScript, in one block marked `ts`.",
    );
  }
  const chosen = usable.length === 1 ? first : theOneThatDeclares(usable, wanted);
  if (chosen !== undefined) return accept(chosen.text);
  return problem(
    file,
    "reply/several-fences",
    `The reply has ${String(usable.length)} code blocks; which one is meant cannot be known.`,
    "Reply with exactly one code block that holds the whole source.",
  );
}

const acceptedLanguages: ReadonlySet<string> = new Set([
  "",
  "ts",
  "tsx",
  "mts",
  "cts",
  "typescript",
  "typescriptreact",
]);

const kindredLanguages: ReadonlySet<string> = new Set(["js", "jsx", "mjs", "javascript", "javascriptreact"]);

/** The only block that declares any wanted name, if it declares them all. A block that does not parse may be half of a source. */
function theOneThatDeclares(fences: readonly Fence[], { names, declares }: WantedSource): Fence | undefined {
  if (declares === undefined || names.length === 0) return undefined;
  const found: Fence[] = [];
  for (const fence of fences) {
    const declared = declares(fence.text);
    // Output of a program stands in blocks without a mark.
    if (declared === undefined && fence.language === "") continue;
    if (declared === undefined) return undefined;
    if (names.some((name) => declared.includes(name))) {
      if (!names.every((name) => declared.includes(name))) return undefined;
      found.push(fence);
    }
  }
  return found.length === 1 ? found[0] : undefined;
}

/** The text behind what a model thinks aloud at its start; undefined when there is nothing behind. Some templates leave out the first tag. */
function withoutThoughts(text: string): string | undefined {
  const opened = /^\s*<(think|thinking|reasoning)>/i.exec(text);
  if (opened === null) {
    const [head, ...rest] = text.split(/^[ \t]*<\/think(?:ing)?>[ \t]*$/im);
    return rest.length === 1 && !looksLikeCode(head ?? "") ? rest[0] : text;
  }
  const close = `</${opened[1] ?? ""}>`;
  const end = text.toLowerCase().indexOf(close.toLowerCase());
  return end === -1 ? undefined : text.slice(end + close.length);
}

/** The inside of a tag that is put around the whole answer. */
function unwrapped(text: string): string {
  return /^\s*<([a-z_]+)>\n([^]*)\n<\/\1>\s*$/i.exec(text)?.[2] ?? text;
}

function looksLikeCode(text: string): boolean {
  return /^\s*(?:\/\/|\/\*|import\b|export\b|const\b|function\b|async\b|class\b|interface\b|type\b|let\b|abstract\b|enum\b|["']use )/.test(
    text,
  );
}

function accept(text: string): ExtractedSource {
  const needs: string[] = [];
  const source = text.replaceAll(/^[ \t]*\/\/ *jaunt:needs\b[ \t:]*(.*)\n?/gm, (_line, need: string) => {
    needs.push(need.trim());
    return "";
  });
  return { source: `${source.trim()}\n`, needs, diagnostics: [] };
}

function noCode(file: string): ExtractedSource {
  return problem(
    file,
    "reply/no-code",
    "The reply holds no code block.",
    "Reply with one code block that holds the whole source.",
  );
}

function problem(file: string, code: string, message: string, hint: string): ExtractedSource {
  return { source: "", needs: [], diagnostics: [{ code, severity: "error", message, hint, file }] };
}
