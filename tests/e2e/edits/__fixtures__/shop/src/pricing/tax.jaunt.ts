import { shippingFee } from "./shipping-fee.js";

/** A fifth more, on top of {@link shippingFee}. */
export declare function tax(cents: number, quantity: number): number;
