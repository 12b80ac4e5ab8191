import type { Line, Product } from "./types.js";

/** How full a shelf is. */
export type Level = "empty" | "low" | "full";

/** What lies in the store room. */
export declare class Stock {
  constructor();
  /** Puts pieces of a product in. */
  put(line: Line): void;
  /** Takes pieces out and says whether there were enough; otherwise it takes none. */
  take(line: Line): boolean;
  /** "empty" without a piece, "low" below ten, else "full". */
  level(product: Product): Level;
}
