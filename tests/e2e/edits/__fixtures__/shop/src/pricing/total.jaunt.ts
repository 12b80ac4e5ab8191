import { rounding } from "./rounding.js";

/** What is to be paid, at least ten cents, on top of {@link rounding}. */
export declare function total(cents: number, quantity: number): number;
