import { importsOf, nameOf } from "../../compose/imports.ts";
import { freeNames } from "../../compose/references.ts";
import { declarationOf, declaredNames } from "../../compose/spec-file.ts";
import { assertingNames, isAssertModule, isRunner } from "../../layout/test-rules.ts";
import { isNode, type SyntaxNode } from "../../syntax/walk.ts";
import type { Reply } from "../reply.ts";
import { isRedundantImport } from "../same-import.ts";
import type { Breach } from "./breach.ts";

/** Imports of a test runner, or of assertions that compare loosely. What the spec file imports itself may be repeated. */
export function findRunnerImports(reply: Reply): readonly Breach[] {
  const { parsed } = reply;
  const hint = 'Write `import assert from "node:assert/strict";`, and leave the runner to what is added.';
  return parsed.body.flatMap((statement) =>
    importsOf(statement, parsed.text)
      .filter((request) => !isRedundantImport(request, reply))
      .flatMap(({ specifier, imported }): readonly Breach[] => {
        const span = { start: statement.start, end: statement.end };
        if (isRunner(specifier))
          return [{ message: `${JSON.stringify(specifier)} is a test runner or asserts in its way.`, span, hint }];
        const isLoose = /^(?:node:)?assert$/.test(specifier) && imported !== "strict";
        return isLoose ? [{ message: `${JSON.stringify(specifier)} compares loosely.`, span, hint }] : [];
      }),
  );
}

/** Tests that assert nothing, neither themselves nor through a private helper: nothing could make them fail. */
export function findSilentTests(reply: Reply): readonly Breach[] {
  const { parsed, spec } = reply;
  const specs = new Set(spec.module.specs.map(({ name }) => name));
  const asserting = new Set(assertingNames(spec.module));
  for (const statement of parsed.body)
    for (const { specifier, local } of importsOf(statement, parsed.text))
      if (isAssertModule(specifier)) asserting.add(local);
  const declarations = parsed.body.flatMap((statement) =>
    declaredNames(statement).map((name) => ({ name, statement, uses: freeNames([statement]) })),
  );
  for (let grows = true; grows;) {
    const before = asserting.size;
    for (const { name, uses } of declarations)
      if ([...asserting].some((known) => uses.get(known) === "value")) asserting.add(name);
    grows = asserting.size > before;
  }
  return declarations
    .filter(({ name }) => specs.has(name) && !asserting.has(name))
    .map(({ name, statement }) => ({
      message: `${name} asserts nothing, so nothing could make it fail.`,
      span: nameSpan(statement, name),
      hint: 'Assert what its doc comment promises, with `import assert from "node:assert/strict";`.',
    }));
}

function nameSpan(statement: SyntaxNode, name: string): Breach["span"] {
  const { id } = declarationOf(statement);
  return isNode(id) && nameOf(id) === name
    ? { start: id.start, end: id.end }
    : { start: statement.start, end: statement.end };
}
