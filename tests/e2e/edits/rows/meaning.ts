import { all, move, remove, replace, rewrite, rewriteAll, write } from "../change.ts";
import { editsOf, type Edit } from "../edit.ts";

const { status, build } = editsOf("shop");

/** Edits of what a spec file asks for: its own module is stale, and those that depend directly on the edited symbol. */
export const meaningEdits: readonly Edit[] = [
  status(
    "one word of the doc at the root of a chain of ten",
    replace("src/pricing/list-price.jaunt.ts", "so many pieces", "that many pieces"),
    { stale: ["src/pricing/list-price", "src/pricing/bulk-discount"] },
  ),
  build(
    "a build after one word of the doc at the root of a chain of ten",
    replace("src/pricing/list-price.jaunt.ts", "so many pieces", "that many pieces"),
    { generated: ["src/pricing/list-price"], restamped: ["src/pricing/bulk-discount"] },
    1,
  ),
  status("a typo in a doc", replace("src/priorities.jaunt.ts", "lines and more", "lines or more"), {
    stale: ["src/priorities"],
  }),
  status("the meaning of a doc", replace("src/shipping/carrier.jaunt.ts", "five kilograms", "ten kilograms"), {
    stale: ["src/shipping/carrier", "src/shipping/label"],
  }),
  status(
    "a paragraph added to a doc",
    replace("src/priorities.jaunt.ts", "else low. */", "else low.\n *\n * Never fails. */"),
    {
      stale: ["src/priorities"],
    },
  ),
  status(
    "a `@prompt` added",
    replace("src/priorities.jaunt.ts", "else low. */", "else low.\n * @prompt Use no loop. */"),
    {
      stale: ["src/priorities"],
    },
  ),
  status(
    "an `@example` added",
    replace(
      "src/shipping/carrier.jaunt.ts",
      '"plane". */',
      '"plane".\n * @example carrierFor("abroad", 1) // => "plane" */',
    ),
    { stale: ["src/shipping/carrier", "src/shipping/label"] },
  ),
  status("the value of an `@example`", replace("src/money.jaunt.ts", "cents: 5,", "cents: 6,"), {
    stale: ["src/money", "src/products", "src/cart", "src/receipt"],
  }),
  status(
    "a parameter renamed",
    rewrite("src/shipping/carrier.jaunt.ts", (text) => text.replace("grams: number", "weight: number")),
    { stale: ["src/shipping/carrier", "src/shipping/label"] },
  ),
  status("a parameter added", replace("src/priorities.jaunt.ts", "order: Order", "order: Order, limit: number"), {
    stale: ["src/priorities"],
  }),
  status("a return type", replace("src/shipping/carrier.jaunt.ts", "): string", '): "bike" | "van" | "plane"'), {
    stale: ["src/shipping/carrier", "src/shipping/label"],
  }),
  status("the default value of a parameter", replace("src/products.jaunt.ts", "= TITLE_WIDTH", "= 2 * TITLE_WIDTH"), {
    stale: ["src/products", "src/reports"],
  }),
  status(
    "a constraint of a type parameter",
    replace("src/batches.jaunt.ts", "Item extends Sortable", "Item extends Sortable & object"),
    { stale: ["src/batches"] },
  ),
  status(
    "an overload added",
    replace(
      "src/reports.jaunt.ts",
      "export declare function describe(what: Order): string;",
      "export declare function describe(what: Order): string;\nexport declare function describe(what: undefined): undefined;",
    ),
    { stale: ["src/reports"] },
  ),
  status(
    "a symbol that nobody else uses, beside one that others use",
    replace("src/slug.jaunt.ts", "Whether a text is its own slug.", "Whether a text is a slug already."),
    { stale: ["src/slug"] },
  ),
  status(
    "a symbol that some dependents use, beside one that others use",
    replace("src/money.jaunt.ts", "Add two amounts of one currency.", "The sum of two amounts of one currency."),
    { stale: ["src/money", "src/cart", "src/receipt"] },
  ),
  status(
    "a spec added to a file",
    rewrite(
      "src/slug.jaunt.ts",
      (text) => `${text}\n/** The words of a slug. */\nexport declare function words(slug: string): string[];\n`,
    ),
    { stale: ["src/slug"] },
  ),
  status(
    "a spec taken out of a file",
    rewrite("src/slug.jaunt.ts", (text) => text.slice(0, text.indexOf("/** Whether"))),
    { stale: ["src/slug"] },
  ),
  status("a spec renamed", replace("src/slug.jaunt.ts", "const slugify", "const toSlug"), {
    stale: ["src/slug", "src/catalog"],
  }),
  status(
    "a spec renamed wherever it is used",
    all(
      replace("src/slug.jaunt.ts", "const slugify", "const toSlug"),
      replace("src/catalog.jaunt.ts", "slugs.slugify", "slugs.toSlug"),
    ),
    { stale: ["src/slug", "src/catalog"] },
  ),
  status(
    "the doc of a class",
    replace("src/stock.jaunt.ts", "What lies in the store room.", "What there is in store."),
    {
      stale: ["src/stock", "src/reservations"],
    },
  ),
  status(
    "the doc of a member that others need as part of the class",
    replace("src/stock.jaunt.ts", "Puts pieces of a product in.", "Adds pieces of a product."),
    { stale: ["src/stock", "src/reservations"] },
  ),
  status(
    "the doc of a member that others name",
    replace("src/stock.jaunt.ts", '"low" below ten', '"low" below twelve'),
    { stale: ["src/stock", "src/reservations", "src/signs"] },
  ),
  status("the body of a kept method", replace("src/cart.jaunt.ts", "lines`, 12)", "lines`, 14)"), {
    stale: ["src/cart"],
  }),
  status("the doc of a kept method", replace("src/cart.jaunt.ts", "; written by hand.", "."), {
    stale: ["src/cart", "src/checkout"],
  }),
  status(
    "a private field of a class",
    replace("src/cart.jaunt.ts", "readonly #lines: Line[] = [];", "#lines: Line[] = [];"),
    {
      stale: ["src/cart"],
    },
  ),
  status(
    "a `magic` method made a kept one",
    replace("src/cart.jaunt.ts", "    magic(line, this.#lines);", "    this.#lines.push(line);"),
    { stale: ["src/cart"] },
  ),
  status("a hand-written value of a spec file", replace("src/search.jaunt.ts", '"of", "the"]', '"of", "the", "to"]'), {
    stale: ["src/search"],
  }),
  status(
    "a hand-written type of a spec file that is not exported",
    replace("src/search.jaunt.ts", "readonly hits: number;", "readonly hits: bigint;"),
    {
      stale: ["src/search"],
    },
  ),
  status(
    "a hand-written type of a spec file that another module reaches",
    replace(
      "src/customers.jaunt.ts",
      "  readonly name: string;\n}",
      "  readonly name: string;\n  readonly title?: string;\n}",
    ),
    { stale: ["src/customers", "src/mailing"] },
  ),
  status(
    "a method body of a hand-written class of a spec file",
    replace("src/customers.jaunt.ts", "bad record:", "unreadable:"),
    {
      stale: ["src/customers"],
    },
  ),
  status(
    "a loose statement of a spec file",
    replace("src/units.jaunt.ts", 'GRAMS.set("kg", 1000);', 'GRAMS.set("kg", 1000);\nGRAMS.set("t", 1_000_000);'),
    {
      stale: ["src/units"],
    },
  ),
  status("a side-effect import taken out", replace("src/units.jaunt.ts", 'import "./tracing.js";\n\n', ""), {
    stale: ["src/units"],
  }),
  status(
    "a side-effect import added",
    rewrite("src/slug.jaunt.ts", (text) => `import "./tracing.js";\n\n${text}`),
    {
      stale: ["src/slug"],
    },
  ),
  status(
    "a directive at the top of a spec file",
    rewrite("src/slug.jaunt.ts", (text) => `"use client";\n\n${text}`),
    {
      stale: ["src/slug"],
    },
  ),
  status(
    "a reference at the top of a spec file",
    rewrite("src/slug.jaunt.ts", (text) => `/// <reference lib="dom" />\n\n${text}`),
    { stale: ["src/slug"] },
  ),
  status(
    "a re-export added to a spec file",
    rewrite("src/mailing.jaunt.ts", (text) => `${text}\nexport type { Address } from "./types.js";\n`),
    { stale: ["src/mailing"] },
  ),
  status(
    "an import added to a spec file",
    rewrite("src/slug.jaunt.ts", (text) => `import { padRight } from "./format.js";\n\n${text}`),
    {
      stale: ["src/slug"],
    },
  ),
  status("an import spelt with the alias", replace("src/mailing.jaunt.ts", "./customers.js", "@/customers.js"), {
    stale: ["src/mailing"],
  }),
  status(
    "a dependency added as an input of `magic`",
    rewrite("src/batches.jaunt.ts", (text) =>
      `import { isSlug } from "./slug.js";\n${text}`.replace("magic(items, size)", "magic(items, size, isSlug)"),
    ),
    { stale: ["src/batches"] },
  ),
  status(
    "a link to a spec added to a doc",
    rewrite("src/mailing.jaunt.ts", (text) =>
      text
        .replace("import type { Customer }", "import { parseCustomer, type Customer }")
        .replace("name, with", "name, see {@link parseCustomer}, with"),
    ),
    { stale: ["src/mailing"] },
  ),
  status(
    "a dependency taken out",
    rewrite("src/shipping/label.jaunt.ts", (text) =>
      text.replace('import { carrierFor } from "./carrier.js";\n', "").replace(", by {@link carrierFor}", ""),
    ),
    { stale: ["src/shipping/label"] },
  ),
  status(
    "a new module",
    write("src/vouchers.jaunt.ts", "/** Ten letters. */\nexport declare function voucher(seed: number): string;\n"),
    {
      unbuilt: ["src/vouchers"],
    },
  ),
  status("a spec file deleted that nobody uses", remove("src/units.jaunt.ts"), { orphaned: ["src/units"] }),
  status("a spec file deleted that others use", remove("src/slug.jaunt.ts"), {
    orphaned: ["src/slug"],
    stale: ["src/catalog"],
  }),
  status(
    "a spec file moved, its users with it",
    all(
      move("src/slug.jaunt.ts", "src/text/slug.jaunt.ts"),
      remove("src/slug.ts"),
      replace("src/catalog.jaunt.ts", "./slug.js", "./text/slug.js"),
    ),
    { orphaned: ["src/slug"], unbuilt: ["src/text/slug"], stale: ["src/catalog"] },
  ),
  status(
    "a spec file moved with everything generated for it",
    all(
      move("src/units.jaunt.ts", "src/weights.jaunt.ts"),
      move("src/units.ts", "src/weights.ts"),
      move("src/__generated__/units.ts", "src/__generated__/weights.ts"),
    ),
    { stale: ["src/weights"] },
  ),
  status("a spec file renamed only in case", move("src/units.jaunt.ts", "src/Units.jaunt.ts"), {
    orphaned: ["src/units"],
    unbuilt: ["src/Units"],
  }),
  status(
    "a merge conflict in a spec file",
    replace("src/units.jaunt.ts", "/** So many", "<<<<<<< ours\n=======\n>>>>>>> theirs\n/** So many"),
    {},
  ),
  status(
    "a file of every kind that is no spec",
    all(
      write("src/notes.ts", "export const note = 1;\n"),
      write("src/notes.test.ts", "export {};\n"),
      write("README.md", "# Another\n"),
      rewriteAll(/app\.ts$/, (text) => text.replace("quantity: 2", "quantity: 3")),
    ),
  ),
];
