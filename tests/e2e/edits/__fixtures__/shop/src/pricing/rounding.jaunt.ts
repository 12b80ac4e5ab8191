import { tax } from "./tax.js";

/** Rounded up to whole tens, on top of {@link tax}. */
export declare function rounding(cents: number, quantity: number): number;
