import { coupon } from "./coupon.js";

/** Two percent less for those who come back, on top of {@link coupon}. */
export declare function loyalty(cents: number, quantity: number): number;
