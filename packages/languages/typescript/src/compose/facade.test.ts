import { expect, test } from "vitest";
import { checkFacade } from "./facade.ts";
import { layoutOf, readSource } from "./project.test.helper.ts";

const { module } = readSource(
  "src/email.jaunt.ts",
  "export declare function parse(): void;\nexport declare const MAX: number;\n",
);
const layout = layoutOf({ paths: { "@/*": ["src/*"] } });

test.each([
  ["ours", 'export * from "./__generated__/email.js";\n'],
  ["with more in it", 'import "./side.js";\nexport const more = 1;\nexport * from "./__generated__/email";\n'],
  ["with every spec by name", 'export { parse, MAX } from "./__generated__/email.ts";\n'],
  [
    "through an import",
    'import { parse, MAX as max } from "./__generated__/email.js";\nexport { parse, max as MAX };\n',
  ],
  ["by an alias", 'export * from "@/__generated__/email";\n'],
])("a facade passes: %s", (_, text) => {
  expect(checkFacade(module, text, layout)).toEqual([]);
});

test.each([
  ["nothing", "export const other = 1;\n", "does not export the generated module"],
  ["types only", 'export type * from "./__generated__/email.js";\n', "does not export the generated module"],
  ["under a namespace", 'export * as email from "./__generated__/email.js";\n', "does not export the generated module"],
  ["another module", 'export * from "./__generated__/mail.js";\n', "does not export the generated module"],
  ["some names", 'export { parse } from "./__generated__/email.js";\n', "does not export MAX"],
])("a facade that passes on %s is an error with the line to add", (_, text, message) => {
  const [diagnostic, ...others] = checkFacade(module, text, layout);
  expect(others).toEqual([]);
  expect(diagnostic).toMatchObject({
    code: "layout/facade",
    severity: "error",
    file: "src/email.ts",
    hint: 'Add this line to src/email.ts: export * from "./__generated__/email.js";',
  });
  expect(diagnostic?.message).toContain(message);
});
