import { createHash } from "node:crypto";

/**
 * A text that is all Jaunt's, with a last line that says so and holds its digest. No version and no time is in it, so that a file changes
 * only when its words do. `path` decides how a comment is written.
 */
export function withMark(text: string, path: string): string {
  const [open, close] = commentOf(path);
  return `${text.trimEnd()}\n\n${open}${markText}${digestOf(`${text.trimEnd()}\n`)}${close}\n`;
}

/** Whether a text is as `withMark` gave it, in any version; a checkout may have changed its line ends. */
export function isUntouched(text: string): boolean {
  const [, body, digest] = marked.exec(normalise(text)) ?? [];
  return body !== undefined && digestOf(body) === digest;
}

/** A text with `\n` alone and without a byte order mark. */
export function normalise(text: string): string {
  return text.replace(/^\uFEFF/, "").replaceAll("\r\n", "\n");
}

const markText = "jaunt:export sha256:";
const marked: RegExp = /^([^]*\n)\n(?:<!-- |\/\/ |# )jaunt:export sha256:([0-9a-f]{16})(?: -->)?\n$/;

function digestOf(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 16);
}

function commentOf(path: string): readonly [string, string] {
  if (/\.mdc?$/.test(path)) return ["<!-- ", " -->"];
  return path.endsWith(".toml") ? ["# ", ""] : ["// ", ""];
}
