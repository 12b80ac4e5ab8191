import "./tracing.js";

/** Grams of each unit that the shop weighs in. */
export const GRAMS: Map<string, number> = new Map();
GRAMS.set("g", 1);
GRAMS.set("kg", 1000);

/** So many grams, by the table of units; an unknown unit is a RangeError. */
export declare function toGrams(amount: number, unit: string): number;
