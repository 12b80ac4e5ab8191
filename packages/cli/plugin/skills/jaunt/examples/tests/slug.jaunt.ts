import { test } from "@jaunt/spec";
import { createSlug } from "../src/slug.js";

/** A slug never starts or ends with "-", never has two in a row, and is never longer than the limit, whatever the title. */
export function keepsToItsForm(): void {
  test(createSlug);
}

/** Throws SlugError for titles without a letter or digit, and RangeError for limits of 0 and below. */
export function refusesWhatLeavesNothing(): void {
  test(createSlug);
}
