import type { Diagnostic, GenerateResponse } from "@jaunt/core";

/** The source text of a reply, or what is wrong with the reply's form. */
export interface ExtractedSource {
  readonly source: string;
  /** What the model said it missed: the texts of its `// jaunt:needs` lines. */
  readonly needs: readonly string[];
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Takes the source out of a model's reply: the one code fence of a text, around which prose is allowed. `file` is the virtual
 * path that diagnostics name. A reply that holds several sources, or half a one, is a problem and is never guessed at.
 */
export function extractSource(response: GenerateResponse, file: string): ExtractedSource {
  const text = response.text.replaceAll("\r\n", "\n").replace(/^\uFEFF/, "");
  if (text.trim() === "")
    return problem(
      file,
      "reply/empty",
      "The reply is empty.",
      "Reply with one code block that holds the whole source.",
    );
  if (response.channel === "source") return accept(text);
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
  const candidates = fences.filter((fence) => fence.text.trim() !== "");
  if (candidates.length === 0)
    return problem(file, "reply/empty", "The reply's code block is empty.", "Reply with the whole source.");
  if (candidates.length > 1) {
    return problem(
      file,
      "reply/several-fences",
      `The reply has ${String(candidates.length)} code blocks; which one is meant cannot be known.`,
      "Reply with exactly one code block that holds the whole source.",
    );
  }
  const [fence] = candidates;
  if (fence === undefined) return noCode(file);
  if (!acceptedLanguages.has(fence.language)) {
    return problem(
      file,
      "reply/wrong-language",
      `The reply's code block is marked as ${fence.language}.`,
      "Reply in TypeScript, in one block marked `ts`.",
    );
  }
  return accept(fence.text);
}

interface Fence {
  /** Lower-case first word of the info string; empty when there is none. */
  readonly language: string;
  readonly text: string;
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

/** CommonMark fences: closed by a run of the same character at least as long, so that longer fences may hold shorter ones. */
function findFences(text: string): { readonly fences: readonly Fence[]; readonly unclosed: boolean } {
  const fences: Fence[] = [];
  let open: { readonly marker: string; readonly language: string; readonly lines: string[] } | undefined;
  for (const line of text.split("\n")) {
    const [, marker = "", info = ""] = /^ {0,3}(`{3,}|~{3,})\s*([^\s`]*)[^`]*$/.exec(line) ?? [];
    if (open === undefined) {
      if (marker !== "") open = { marker, language: info.toLowerCase(), lines: [] };
    } else if (marker.startsWith(open.marker) && info === "") {
      fences.push({ language: open.language, text: open.lines.join("\n") });
      open = undefined;
    } else {
      open.lines.push(line);
    }
  }
  return { fences, unclosed: open !== undefined };
}

function looksLikeCode(text: string): boolean {
  return /^\s*(?:\/\/|\/\*|import\b|export\b|const\b|function\b|async\b|class\b|interface\b|type\b|let\b|abstract\b|["']use )/.test(
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
