import type { Layout, SpecSource } from "@jaunt/core";
import { compose } from "../compose/compose.ts";
import { documentedStart } from "../compose/docs.ts";
import { declaredNames } from "../compose/spec-file.ts";
import { place } from "../layout/place.ts";
import { parseSource } from "../syntax/parse-source.ts";
import { splice } from "./splice.ts";

/**
 * Specs whose built code can stay byte for byte while others are written anew: those that come out of taking the file apart and
 * composing it again just as they went in.
 */
export function keepable(source: SpecSource, built: string, layout: Layout): readonly string[] {
  const { generated } = place(source.module, layout);
  const before = declarationsOf(generated, built);
  const present = source.module.specs.map(({ name }) => name).filter((name) => before.has(name));
  const { body } = splice(source, built, "", present, layout);
  const composed = compose(source, body, layout).find(({ path }) => path === generated);
  const after = declarationsOf(generated, composed?.text ?? "");
  return present.filter((name) => before.get(name) === after.get(name));
}

/** The text of everything that declares a name, doc comments included, whatever ends its lines. */
function declarationsOf(path: string, source: string): ReadonlyMap<string, string> {
  const text = source.replaceAll("\r\n", "\n");
  const parsed = parseSource(path, text);
  const found = new Map<string, string>();
  for (const statement of parsed.body) {
    for (const name of declaredNames(statement))
      found.set(name, `${found.get(name) ?? ""}${text.slice(documentedStart(parsed, statement), statement.end)}\n`);
  }
  return found;
}
