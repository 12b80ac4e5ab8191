import { listPrice } from "./list-price.js";

/** Three percent less from ten pieces on, on top of {@link listPrice}. */
export declare function bulkDiscount(cents: number, quantity: number): number;
