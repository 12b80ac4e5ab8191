import { magic } from "@jaunt/spec";
import type { Sortable } from "./types.js";

/** The items in batches of `size`, the last one may be smaller. */
export function batch<Item extends Sortable>(items: readonly Item[], size: number): readonly (readonly Item[])[] {
  return magic(items, size);
}
