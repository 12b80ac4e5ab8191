import type { SyntaxNode } from "../syntax/walk.ts";
import { documentedStart } from "./docs.ts";
import { applyEdits } from "./edits.ts";
import { printNames } from "./imports.ts";
import { movedPaths } from "./moved-paths.ts";
import { freeNames, type NeededAs } from "./references.ts";
import type { HandWritten, SpecFile } from "./spec-file.ts";

/** Types of the spec file that stand in the generated file as well. */
export interface CopiedTypes {
  readonly names: ReadonlySet<string>;
  readonly text: string;
  /** Names that the copies use. */
  readonly needs: ReadonlySet<string>;
}

/**
 * Copies the types that cannot be imported: those the spec file does not export, as far as they are needed, and exported ones that
 * mention a spec class of the same file. The class of the spec file is only a stub, and a stub with private members is another type.
 */
export function copiedTypes(file: SpecFile, needed: ReadonlyMap<string, NeededAs>, generatedPath: string): CopiedTypes {
  const uses = new Map(
    [...file.handWritten].map(([name, { statements }]) => [name, [...freeNames(statements).keys()]]),
  );
  const tied = tiedToClasses(file, uses);
  const names = new Set<string>();
  const needs = new Set<string>();
  const pending = [
    ...needed.keys(),
    ...[...tied].filter((name) => (file.handWritten.get(name)?.exports.length ?? 0) > 0),
  ];
  for (let name = pending.pop(); name !== undefined; name = pending.pop()) {
    const declared = file.handWritten.get(name);
    if (declared === undefined || names.has(name) || !declared.typeOnly) continue;
    if (declared.exports.length > 0 && !tied.has(name)) continue;
    names.add(name);
    for (const used of uses.get(name) ?? []) {
      needs.add(used);
      pending.push(used);
    }
  }
  return {
    names,
    needs,
    text: textOf(
      file,
      [...names].flatMap((name) => file.handWritten.get(name) ?? []),
      generatedPath,
    ),
  };
}

/** Pure types whose text leads to a spec class, directly or through other types of the file. */
function tiedToClasses(file: SpecFile, uses: ReadonlyMap<string, readonly string[]>): ReadonlySet<string> {
  const users = new Map<string, string[]>();
  for (const [name, used] of uses) for (const each of used) users.set(each, [...(users.get(each) ?? []), name]);
  const tied = new Set<string>();
  const pending = file.module.specs.filter((spec) => spec.kind === "class").map((spec) => spec.name);
  for (let name = pending.pop(); name !== undefined; name = pending.pop()) {
    for (const user of users.get(name) ?? []) {
      if (tied.has(user) || file.handWritten.get(user)?.typeOnly !== true) continue;
      tied.add(user);
      pending.push(user);
    }
  }
  return tied;
}

function textOf(file: SpecFile, copies: readonly HandWritten[], generatedPath: string): string {
  const moved = movedPaths(file.parsed, file.module.path, generatedPath);
  const statements: readonly SyntaxNode[] = [...new Set(copies.flatMap((copy) => copy.statements))].toSorted(
    (a, b) => a.start - b.start,
  );
  const texts = statements.map((statement) =>
    applyEdits(file.parsed.text, moved, documentedStart(file.parsed, statement), statement.end),
  );
  const listed = copies.flatMap(({ name, statements: parts, exports }) =>
    exports
      .filter((each) => each.as !== name || parts.every((part) => part.type !== "ExportNamedDeclaration"))
      .map((each) => (each.as === name ? name : `${name} as ${each.as}`)),
  );
  return [...texts, ...(listed.length === 0 ? [] : [`export type ${printNames(listed)};`])].join("\n\n");
}
