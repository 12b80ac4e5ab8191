import { all, remove, replace, rewrite, write } from "../change.ts";
import { editsOf, type Edit } from "../edit.ts";

const { status, check, build } = editsOf("shop");

/** Modules whose signatures reach the type `Currency` through `Money`, `Product`, `Line` and `Order`. */
const ofCurrency = [
  "src/cart",
  "src/catalog",
  "src/checkout",
  "src/money",
  "src/priorities",
  "src/products",
  "src/receipt",
  "src/reports",
  "src/reservations",
  "src/search",
  "src/stock",
];
/** Of these, the ones that reach `Order`. */
const ofOrder = ["src/checkout", "src/priorities", "src/receipt", "src/reports", "src/reservations"];

/** Edits of the hand-written files around specs: types that signatures reach count, symbol by symbol, and nothing else does. */
export const surroundingEdits: readonly Edit[] = [
  status("a union widened in a shared type file", replace("src/types.ts", '"EUR" | "USD"', '"EUR" | "USD" | "GBP"'), {
    // `signs` names only the member `Stock.level`, whose parameter reaches the union too.
    stale: [...ofCurrency, "src/signs"],
  }),
  build(
    "a build after a union widened in a shared type file",
    replace("src/types.ts", '"EUR" | "USD"', '"EUR" | "USD" | "GBP"'),
    { generated: ofCurrency, restamped: ["src/signs"] },
    ofCurrency.length,
  ),
  status(
    "a field added to a type that some signatures reach",
    replace("src/types.ts", "readonly placedAt: Instant;", "readonly placedAt: Instant;\n  readonly note?: string;"),
    {
      stale: ofOrder,
    },
  ),
  status(
    "a field added to a type reached through two files",
    replace(
      "src/time.ts",
      "readonly epochSeconds: number;",
      "readonly epochSeconds: number;\n  readonly zone?: string;",
    ),
    {
      stale: ofOrder,
    },
  ),
  status(
    "a field added to a type that no signature reaches",
    replace("src/types.ts", "readonly height: number;", "readonly height: number;\n  readonly depth: number;"),
  ),
  status(
    "a type added to a shared type file",
    rewrite("src/types.ts", (text) => `${text}\nexport type Colour = "red" | "green";\n`),
  ),
  status(
    "a type taken out of a shared type file that nobody uses",
    rewrite("src/types.ts", (text) => text.slice(0, text.indexOf("/** Of the window display"))),
  ),
  status(
    "shared types in another order",
    rewrite("src/types.ts", (text) => {
      const at = text.indexOf("export interface Product");
      const head = text.indexOf("/** What amounts");
      return `${text.slice(0, head)}${text.slice(at)}\n${text.slice(head, at)}`;
    }),
  ),
  status(
    "the doc comment of a shared type",
    replace("src/types.ts", "What amounts are counted in.", "Money of the world."),
  ),
  status("a member added to an enum", replace("src/types.ts", "  High,\n", "  High,\n  Urgent,\n"), {
    stale: ["src/priorities"],
  }),
  status(
    "a type that constrains a type parameter",
    replace(
      "src/types.ts",
      "export interface Sortable {\n  readonly sku: string;",
      "export interface Sortable {\n  readonly sku: string;\n  readonly weight?: number;",
    ),
    {
      stale: ["src/batches"],
    },
  ),
  status(
    "a type that a hand-written type of a spec file extends",
    replace("src/types.ts", "readonly city: string;", "readonly city: string;\n  readonly country?: string;"),
    {
      stale: ["src/customers", "src/mailing", "src/shipping/label"],
    },
  ),
  status(
    "a type taken from its file by `import()`",
    replace("src/shipping/zones.ts", '"home" | "abroad"', '"home" | "island" | "abroad"'),
    {
      stale: ["src/shipping/carrier", "src/shipping/label"],
    },
  ),
  status(
    "a type beside one taken by `import()`",
    replace("src/shipping/zones.ts", "readonly zone: Zone;", "readonly zone: Zone;\n  readonly doors: number;"),
  ),
  status(
    "a type moved to another file and passed on from its old one",
    all(
      replace(
        "src/types.ts",
        "/** What a batch can hold. */\nexport interface Sortable {\n  readonly sku: string;\n}\n",
        'export type { Sortable } from "./sorting.js";\n',
      ),
      write(
        "src/sorting.ts",
        "/** What a batch can hold. */\nexport interface Sortable {\n  readonly sku: string;\n}\n",
      ),
    ),
  ),
  status("the body of a function of an app file", replace("src/time.ts", "Math.floor(", "Math.round(")),
  status("a string in an app file", replace("src/format.ts", "*** ${text} ***", "=== ${text} ===")),
  status(
    "the body of a function that a kept body calls",
    replace("src/format.ts", 'text.padEnd(width, " ")', 'text.padEnd(width, ".")'),
  ),
  status("a constant that is a default value", replace("src/format.ts", "TITLE_WIDTH = 20", "TITLE_WIDTH = 30")),
  status("a file that is imported for its side effect", replace("src/tracing.ts", '"error"', '"fault"')),
  status(
    "a barrel reshuffled",
    rewrite("src/index.ts", (text) => {
      const [doc = "", ...lines] = text.trim().split("\n");
      return `${[doc, ...lines.toReversed()].join("\n")}\n`;
    }),
  ),
  status(
    "a barrel that names what it passed on as a whole",
    replace(
      "src/index.ts",
      'export * from "./money.js";',
      'export { addMoney, CurrencyError, formatMoney } from "./money.js";',
    ),
  ),
  status(
    "a barrel that passes on through another one",
    all(
      replace("src/index.ts", 'export * from "./money.js";', 'export * from "./basics.js";'),
      write("src/basics.ts", 'export * from "./money.js";\nexport * from "./slug.js";\n'),
    ),
  ),
  status(
    "a name added to a barrel",
    rewrite("src/index.ts", (text) => `${text}export { slugify } from "./slug.js";\n`),
  ),
  status(
    "a barrel that drops what a spec imports from it",
    replace("src/index.ts", 'export * from "./money.js";', 'export { addMoney } from "./money.js";'),
    {
      stale: ["src/receipt"],
    },
  ),
  status(
    "a facade with an export of its user's",
    rewrite("src/money.ts", (text) => `${text}\nexport const FREE = { cents: 0, currency: "EUR" } as const;\n`),
  ),
  status(
    "a facade that lists the names it passes on",
    write("src/money.ts", 'export { addMoney, CurrencyError, formatMoney } from "./__generated__/money.js";\n'),
  ),
  check(
    "a facade with an export of its user's",
    rewrite("src/money.ts", (text) => `${text}\nexport const FREE = { cents: 0, currency: "EUR" } as const;\n`),
  ),
  check("a facade that no longer passes its module on", write("src/units.ts", "export {};\n"), {
    problem: ["src/units"],
  }),
  check("a facade deleted", remove("src/units.ts"), { problem: ["src/units"] }),
  check(
    "a type error in the surroundings of a kept body",
    replace("src/format.ts", "width: number", "width: number, fill: string"),
    {
      problem: ["src/cart"],
    },
  ),
  status(
    "a type error in the surroundings of a kept body",
    replace("src/format.ts", "width: number", "width: number, fill: string"),
  ),
  check(
    "a type error in a file that no module uses",
    rewrite("src/app.ts", (text) => `${text}export const wrong: number = "text";\n`),
  ),
  check(
    "a widened union, in a project that still type-checks",
    replace("src/types.ts", '"EUR" | "USD"', '"EUR" | "USD" | "GBP"'),
    {
      problem: [...ofCurrency, "src/signs"],
    },
  ),
];
