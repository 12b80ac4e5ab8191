import { all, remove, replace, rewrite, rewriteAll } from "../change.ts";
import { editsOf, type Edit } from "../edit.ts";

const { status, build } = editsOf("shop in built");

/** The same shop with `generated_dir = "built"`. */
export const variantEdits: readonly Edit[] = [
  status("nothing, with a folder of its own for generated files", () => Promise.resolve()),
  status("a doc, with a folder of its own for generated files", replace("src/slug.jaunt.ts", "A text", "The text"), {
    stale: ["src/slug", "src/catalog"],
  }),
  status("a generated file edited, in a folder of its own", replace("src/built/slug.ts", '"-")', '"_")'), {
    edited: ["src/slug"],
  }),
  status("a generated file deleted, in a folder of its own", remove("src/built/slug.ts"), { unbuilt: ["src/slug"] }),
  status("a spec file deleted, with a folder of its own for generated files", remove("src/units.jaunt.ts"), {
    orphaned: ["src/units"],
  }),
  build(
    "CRLF in a folder of its own for generated files",
    rewriteAll(/built/, (text) => text.replaceAll("\n", "\r\n")),
    {},
    0,
  ),
];

const mail = editsOf("mail");

/** The example of seventeen modules, `examples/mail`. */
export const mailEdits: readonly Edit[] = [
  mail.status(
    "mail: a comment in every hand-written file",
    rewriteAll(/^(?!.*__generated__)/, (text) => `// Mail.\n${text}`),
  ),
  mail.status(
    "mail: CRLF everywhere",
    rewriteAll(/./, (text) => text.replaceAll("\n", "\r\n")),
  ),
  mail.status(
    "mail: one word of the doc that most modules lead to",
    replace("src/structured.jaunt.ts", /\/\*\*\n \* (\w+)/, "/**\n * Please"),
    {
      stale: ["src/structured", "src/addresses", "src/dates", "src/parameters"],
    },
  ),
  mail.build(
    "mail: a build after one word of the doc that most modules lead to",
    replace("src/structured.jaunt.ts", /\/\*\*\n \* (\w+)/, "/**\n * Please"),
    {
      generated: ["src/structured"],
      restamped: ["src/addresses", "src/dates", "src/parameters"],
    },
    1,
  ),
  mail.status(
    "mail: an unrelated symbol of a dependency",
    replace("src/content-type.jaunt.ts", "The media type alone", "Only the media type"),
    {
      stale: ["src/content-type", "src/mime"],
    },
  ),
  mail.status(
    "mail: a symbol that is used only in its own file",
    replace("src/mime.jaunt.ts", "declare function splitMultipart(body", "declare function splitMultipart(text"),
    {
      stale: ["src/mime"],
    },
  ),
  mail.status(
    "mail: a field of a type that three modules reach",
    replace("src/types.ts", "readonly size: number;", "readonly size: number;\n  readonly inline?: boolean;"),
    {
      stale: ["src/message", "src/mime", "src/search", "src/threading", "tests/search", "tests/threading"],
    },
  ),
  mail.status("mail: a union narrowed", replace("src/types.ts", ' | "Dec"', ""), {
    stale: ["src/calendar", "src/dates"],
  }),
  mail.status(
    "mail: a type that no signature reaches",
    rewrite("src/types.ts", (text) => `${text}\nexport type Flag = "seen" | "answered";\n`),
  ),
  mail.status(
    "mail: the message of an error class",
    replace("src/addresses.jaunt.ts", "${message}: ", "${message} in "),
    { stale: ["src/addresses"] },
  ),
  mail.status(
    "mail: the app",
    rewrite("src/app.ts", (text) => `${text}\nexport const version = 2;\n`),
  ),
  mail.status(
    "mail: package.json",
    replace("package.json", '"type": "module"', '"type": "module",\n  "packageManager": "pnpm@12.21.0"'),
  ),
  mail.status(
    "mail: every generated file deleted but two",
    all(remove("src/__generated__/query.ts"), remove("src/__generated__/mbox.ts")),
    {
      unbuilt: ["src/query", "src/mbox"],
    },
  ),
];
