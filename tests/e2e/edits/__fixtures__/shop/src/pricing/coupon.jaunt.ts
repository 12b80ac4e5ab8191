import { seasonalDiscount } from "./seasonal-discount.js";

/** One hundred cents less, but never below nothing, on top of {@link seasonalDiscount}. */
export declare function coupon(cents: number, quantity: number): number;
