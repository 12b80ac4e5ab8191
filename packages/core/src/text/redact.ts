const replacement = "[redacted]";

/** Takes the key, and anything else that looks like one, out of a text from outside. */
export function redact(text: string, key: string | undefined): string {
  const withoutKey =
    key === undefined || key === ""
      ? text
      : [key, encodeURIComponent(key)].reduce((rest, form) => rest.replaceAll(form, replacement), text);
  return withoutKey
    .replaceAll(/\b(?:Bearer|Basic)\s+[\w.~+/=-]{6,}/gi, replacement)
    .replaceAll(/\b(?:sk|pk|rk|gsk|xai|hf|key|org)[-_][\w*.-]{6,}/gi, replacement)
    .replaceAll(/\b(authorization|api[-_]?key)(["']?\s*[:=]\s*["']?)[^\s"',;}]+/gi, `$1$2${replacement}`);
}
