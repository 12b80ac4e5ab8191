import { all, replace, rewrite } from "../change.ts";
import { editsOf, type Edit } from "../edit.ts";

const { build } = editsOf("shop");

/** Slugs of another look, and a reply for `catalog` that its example still holds for. */
const underscores = all(
  replace("src/slug.jaunt.ts", "one hyphen", "one underscore"),
  rewrite("recordings/src/slug.1.md", (text) => text.replace('"-")', '"_")').replace("/^-|-$/g", "/^_|_$/g")),
  replace(
    "recordings/src/catalog.1.md",
    "slugs.slugify(product.title)",
    'slugs.slugify(product.title).replaceAll("_", "-")',
  ),
);

/** What a build pays for: modules of which the spec changed; never one that still holds against what it depends on. */
export const buildEdits: readonly Edit[] = [
  build("nothing", () => Promise.resolve(), {}, 0),
  build(
    "a doc that three modules depend on",
    replace("src/money.jaunt.ts", "Write an amount as people read it", "Write an amount for people"),
    { generated: ["src/money"], restamped: ["src/cart", "src/products", "src/receipt"] },
    1,
  ),
  build(
    "a doc whose dependent has an example that still holds",
    replace("src/slug.jaunt.ts", "A text in lower case", "The text in lower case"),
    { generated: ["src/slug"], restamped: ["src/catalog"] },
    1,
  ),
  build(
    "a behaviour against which the example of a dependent no longer holds",
    underscores,
    { generated: ["src/slug", "src/catalog"] },
    2,
  ),
  build(
    "the same behaviour, in a project where types are enough",
    all(
      underscores,
      rewrite("jaunt.toml", (text) => `${text}\n[build]\nverify = "types"\n`),
    ),
    { generated: ["src/slug"], restamped: ["src/catalog"] },
    1,
  ),
  build(
    "a behaviour whose dependent has no example",
    all(
      replace("src/shipping/carrier.jaunt.ts", "five kilograms", "ten kilograms"),
      replace("recordings/src/shipping/carrier.1.md", "5000", "10000"),
    ),
    { generated: ["src/shipping/carrier"], restamped: ["src/shipping/label"] },
    1,
  ),
  build(
    "a doc with dependents, in a project that regenerates them",
    all(
      rewrite("jaunt.toml", (text) => `${text}\n[build]\non_dependency_change = "regenerate"\n`),
      replace("src/slug.jaunt.ts", "A text in lower case", "The text in lower case"),
    ),
    { generated: ["src/slug", "src/catalog"] },
    2,
  ),
  build(
    "a signature that a dependent no longer type-checks against",
    all(
      rewrite("src/shipping/carrier.jaunt.ts", (text) => text.replace("grams: number", "grams: bigint")),
      rewrite("recordings/src/shipping/carrier.1.md", (text) =>
        text.replace("grams: number", "grams: bigint").replace("5000", "5000n"),
      ),
      rewrite("recordings/src/shipping/label.1.md", (text) => text.replace('"home", grams', '"home", BigInt(grams)')),
    ),
    { generated: ["src/shipping/carrier", "src/shipping/label"] },
    2,
  ),
];
