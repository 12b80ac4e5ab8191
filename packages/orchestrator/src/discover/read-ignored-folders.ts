import { readFileSync } from "node:fs";
import { join } from "node:path";

/** Whether git ignores a folder, by posix path relative to the root. */
export type IsIgnored = (folder: string) => boolean;

/** Folder rules of the root's `.gitignore`: names, paths, `*`, `**`, `?` and `!`; the last rule that fits decides. */
export function readIgnoredFolders(root: string): IsIgnored {
  const rules = readLines(join(root, ".gitignore")).flatMap(parseRule);
  if (rules.length === 0) return () => false;
  return (folder) => rules.findLast((rule) => rule.pattern.test(folder))?.ignored ?? false;
}

function readLines(file: string): readonly string[] {
  try {
    return readFileSync(file, "utf8").split(/\r?\n/);
  } catch {
    return [];
  }
}

function parseRule(line: string): readonly { readonly pattern: RegExp; readonly ignored: boolean }[] {
  const text = line.trim();
  if (text === "" || text.startsWith("#")) return [];
  const ignored = !text.startsWith("!");
  const body = (ignored ? text : text.slice(1)).replace(/\/+$/, "");
  const anchored = body.includes("/");
  const expression = body
    .replace(/^\//, "")
    .split("/")
    .map(segmentExpression)
    .join("/")
    .replaceAll("(?:.*)/", "(?:.*/)?");
  return [{ pattern: new RegExp(`^${anchored ? "" : "(?:.*/)?"}${expression}$`), ignored }];
}

function segmentExpression(segment: string): string {
  if (segment === "**") return "(?:.*)";
  return segment
    .replaceAll(/[$()+.[\\\]^{|}]/g, "\\$&")
    .replaceAll("*", "[^/]*")
    .replaceAll("?", "[^/]");
}
