import { parseSource } from "../syntax/parse-source.ts";
import { topLevelOf } from "./top-level.ts";

/** Names that a text of TypeScript, with or without JSX, declares at its top level; undefined when it does not parse. */
export function declaredBy(text: string): readonly string[] | undefined {
  const parsed = ["text.ts", "text.tsx"]
    .map((path) => parseSource(path, text))
    .find(({ problems }) => problems.length === 0);
  return parsed === undefined ? undefined : topLevelOf(parsed).map(({ name }) => name);
}
