import type { Address } from "../types.js";
import { carrierFor } from "./carrier.js";

/** Street and city on a line each, and below them who brings it within the country, by {@link carrierFor}. */
export declare function shippingLabel(address: Address, grams: number): string;
