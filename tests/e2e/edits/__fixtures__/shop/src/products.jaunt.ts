import { magic } from "@jaunt/spec";
import { TITLE_WIDTH } from "./format.js";
import { formatMoney } from "./money.js";
import type { Product } from "./types.js";

/** The title cut to `width` characters, and behind a colon the price as {@link formatMoney} writes it. */
export function productTitle(product: Product, width: number = TITLE_WIDTH): string {
  return magic(product, width);
}
