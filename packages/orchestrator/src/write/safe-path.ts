/** A posix path that every file system takes: characters and device names that Windows refuses are written as `%XX`. */
export function safePath(path: string): string {
  return path.split("/").map(safeSegment).join("/");
}

function safeSegment(segment: string): string {
  // oxlint-disable-next-line no-control-regex -- control characters are among what file systems refuse
  const escaped = segment.replaceAll(/[\u0000-\u001f"%*:<>?\\|]|[. ]$/g, percent);
  return /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i.test(escaped)
    ? percent(escaped.charAt(0)) + escaped.slice(1)
    : escaped;
}

function percent(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, "0")}`;
}
