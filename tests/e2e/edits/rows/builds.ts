import { all, replace, rewrite } from "../change.ts";
import { editsOf, type Edit } from "../edit.ts";

const { build } = editsOf("shop");

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
    "a doc whose dependent has an example to back it",
    replace("src/slug.jaunt.ts", "A text in lower case", "The text in lower case"),
    { generated: ["src/slug"], restamped: ["src/catalog"] },
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
