import { join } from "node:path";
import { repositoryRoot } from "@jaunt/testkit";
import { all, move, replace, rewrite, rewriteAll, run, write, type Change } from "../change.ts";
import { editsOf, type Edit } from "../edit.ts";

const { status, build } = editsOf("shop");
const specs = /\.jaunt\.ts$/;
const handWritten = /^(?!.*__generated__)/;

/** What editors, formatters and linters do to a text. None of it means anything, so none of it may cost anything. */
export const textEdits: readonly Edit[] = [
  status(
    "white space in a signature",
    replace("src/slug.jaunt.ts", "isSlug(text: string): boolean", "isSlug( text :  string\n) :boolean"),
  ),
  status(
    "blank lines between declarations",
    rewriteAll(specs, (text) => text.replaceAll("\n\n", "\n\n\n\n")),
  ),
  status(
    "indentation by tabs",
    rewriteAll(specs, (text) => text.replaceAll(/^ {2}/gm, "\t")),
  ),
  status(
    "no line end after the last line",
    rewriteAll(/\.ts$/, (text) => text.trimEnd()),
  ),
  status(
    "CRLF in every file of the project",
    rewriteAll(/./, (text) => text.replaceAll("\n", "\r\n")),
  ),
  status(
    "a byte order mark before every hand-written file",
    rewriteAll(handWritten, (text) => `\uFEFF${text}`),
  ),
  status(
    "a comment at the top of every spec file",
    rewriteAll(specs, (text) => `// Reviewed.\n${text}`),
  ),
  status(
    "a license above a spec file",
    rewrite("src/slug.jaunt.ts", (text) => `/** @license MIT */\n\n${text}`),
  ),
  status(
    "a comment in the middle of a signature",
    replace("src/slug.jaunt.ts", "isSlug(text: string)", "isSlug(text /* as typed */: string // not a URL\n)"),
  ),
  status("a comment in a shared type file", replace("src/types.ts", '"EUR" | "USD"', '/* euro */ "EUR" | "USD"')),
  status(
    "a comment in a kept body",
    replace("src/cart.jaunt.ts", "    return padRight(", "    // Twelve columns.\n    return padRight("),
  ),
  status("a comment in hand-written context", replace("src/search.jaunt.ts", '["a",', '[/* articles */ "a",')),
  status(
    "quote style in imports, types and bodies",
    rewriteAll(handWritten, (text) =>
      text.replaceAll(/^(?:import|export type| +readonly| +return).*$/gm, (line) => line.replaceAll('"', "'")),
    ),
  ),
  status(
    "no semicolons in a spec file",
    rewrite("src/customers.jaunt.ts", (text) => text.replaceAll(/;$/gm, "")),
  ),
  status(
    "import order",
    rewriteAll(specs, (text) => {
      const imports = [...text.matchAll(/^import [^"]*from .*\n/gm)].map(([line]) => line);
      return imports.length < 2
        ? text
        : imports.toReversed().join("") + text.replaceAll(/^import [^"]*from .*\n/gm, "");
    }),
  ),
  status(
    "one import statement split into two",
    replace(
      "src/cart.jaunt.ts",
      'import type { Currency, Line, Money } from "./types.js";',
      'import type { Line } from "./types.js";\nimport type { Currency, Money } from "./types.js";',
    ),
  ),
  status(
    "`import { type X }` for `import type { X }`",
    replace("src/money.jaunt.ts", "import type { Money }", "import { type Money }"),
  ),
  status(
    "`import type` for what a stub names in its doc alone, as a linter wants it",
    replace("src/pricing/total.jaunt.ts", "import {", "import type {"),
  ),
  status(
    "names of an import list in another order",
    replace("src/receipt.jaunt.ts", "{ addMoney, formatMoney }", "{ formatMoney, addMoney }"),
  ),
  status(
    "doc comment of one line written over three",
    rewrite("src/slug.jaunt.ts", (text) => text.replaceAll(/\/\*\* (.*) \*\//g, "/**\n * $1\n */")),
  ),
  status(
    "stars of a doc comment aligned otherwise",
    rewrite("src/money.jaunt.ts", (text) => text.replaceAll(/^ \*/gm, "      *")),
  ),
  status(
    "lines of a doc comment wrapped elsewhere",
    replace(
      "src/money.jaunt.ts",
      "Write an amount as people read it: units, a dot, two digits of cents, a blank and the currency.",
      "Write an amount as people read it: units, a dot,\n * two digits of cents,\n * a blank and the currency.",
    ),
  ),
  status(
    "`declare` to `magic`",
    rewrite("src/slug.jaunt.ts", (text) =>
      `import { magic } from "@jaunt/spec";\n\n${text}`.replace(
        "export declare function isSlug(text: string): boolean;",
        "export function isSlug(text: string): boolean {\n  return magic(text);\n}",
      ),
    ),
  ),
  status(
    "`magic` to `declare`",
    rewrite("src/batches.jaunt.ts", (text) =>
      text
        .replace('import { magic } from "@jaunt/spec";\n', "")
        .replace("export function", "export declare function")
        .replace(/ \{\n {2}return magic\(.*\n\}/, ";"),
    ),
  ),
  status(
    "inputs of `magic` that are no specs",
    replace("src/products.jaunt.ts", "magic(product, width)", "magic(width, product, product.sku)"),
  ),
  status(
    "specs of a file in another order",
    rewrite("src/slug.jaunt.ts", (text) => {
      const at = text.indexOf("/** Whether");
      return `${text.slice(at)}\n${text.slice(0, at)}`;
    }),
  ),
  status(
    "hand-written types of a spec file in another order",
    rewrite("src/search.jaunt.ts", (text) => {
      const match = /\/\*\* How well[^]*?\n\}\n\n/.exec(text)?.[0] ?? "";
      return text.replace(match, "").replace("/** What is looked for. */", () => `${match}/** What is looked for. */`);
    }),
  ),
  status("a formatter run over the spec files", formatted("src/**/*.jaunt.ts")),
  status("a formatter run over the generated files", formatted("src/**/__generated__/*.ts")),
  status("a formatter run over everything", formatted("src/**/*.ts")),
  status(
    "CRLF in generated files alone",
    rewriteAll(/__generated__/, (text) => text.replaceAll("\n", "\r\n")),
  ),
  status(
    "a byte order mark before generated files",
    rewriteAll(/__generated__/, (text) => `\uFEFF${text}`),
  ),
  build(
    "a build after comments and CRLF",
    rewriteAll(specs, (text) => `// Reviewed.\n${text}`.replaceAll("\n", "\r\n")),
    {},
    0,
  ),
];

/** The formatter of this repository with another taste: single quotes, few semicolons, narrow lines. */
function formatted(files: string): Change {
  const taste = { singleQuote: true, semi: false, printWidth: 60, trailingComma: "none", arrowParens: "avoid" };
  // The formatter leaves dot folders and ignored files alone, so it is told where to look.
  return all(
    write(".oxfmtrc.json", JSON.stringify(taste)),
    run(process.execPath, join(repositoryRoot(), "node_modules", "oxfmt", "bin", "oxfmt"), files),
    move(".oxfmtrc.json", ".jaunt/oxfmtrc.json"),
  );
}
