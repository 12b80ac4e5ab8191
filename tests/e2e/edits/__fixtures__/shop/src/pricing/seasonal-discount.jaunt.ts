import { bulkDiscount } from "./bulk-discount.js";

/** One percent less in every season, on top of {@link bulkDiscount}. */
export declare function seasonalDiscount(cents: number, quantity: number): number;
