import type { Product } from "./types.js";

/** What is looked for. */
export interface Query {
  readonly words: readonly string[];
  readonly limit: number;
}

/** How well something fits. */
interface Match {
  readonly product: Product;
  readonly hits: number;
}

/** Words that say nothing. */
export const STOP_WORDS: readonly string[] = ["a", "of", "the"];

/** The first products whose title holds any of the words, {@link STOP_WORDS} aside, in their own order. */
export declare function findProducts(products: readonly Product[], query: Query): readonly Product[];

/** Each product with how many of the words its title holds, most hits first. */
export declare function rankProducts(products: readonly Product[], query: Query): readonly Match[];
