import { loyalty } from "./loyalty.js";

/** Two hundred cents more for paper and ribbon, on top of {@link loyalty}. */
export declare function giftWrap(cents: number, quantity: number): number;
