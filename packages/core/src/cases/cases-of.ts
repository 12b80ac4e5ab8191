import type { ExampleCase } from "../nouns/case.ts";
import type { Position } from "../nouns/source.ts";
import type { SpecSource } from "../nouns/spec.ts";

/** The examples of a module that can be checked, in the order of its specs, each with its place in the spec file. */
export function casesOf({ module, text }: SpecSource): readonly ExampleCase[] {
  let searchFrom = 0;
  return module.specs.flatMap(({ ref, examples }) =>
    examples.flatMap(({ text: example, setup = [], call, expectation }): readonly ExampleCase[] => {
      if (call === undefined || expectation === undefined) return [];
      // Lines of a doc comment have a margin, so only the first line is found as it is.
      const [firstLine = ""] = example.split("\n");
      const found = text.indexOf(firstLine, searchFrom);
      if (found !== -1) searchFrom = found + firstLine.length;
      const start = found === -1 ? {} : { start: positionAt(text, found) };
      return [{ kind: "example", ref, text: example, setup, call, expectation, file: module.path, ...start }];
    }),
  );
}

function positionAt(text: string, offset: number): Position {
  const before = text.slice(0, offset).split(/\r\n|\r|\n/);
  return { line: before.length, column: (before.at(-1) ?? "").length + 1, offset };
}
