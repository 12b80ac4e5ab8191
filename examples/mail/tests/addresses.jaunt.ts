import { test } from "@jaunt/spec";
import { AddressError, formatAddress, parseAddress, parseAddressList } from "../src/addresses.js";

/**
 * What {@link formatAddress} writes, {@link parseAddress} reads back: names with commas, quotes, backslashes and brackets,
 * local parts with blanks and dots at the wrong places.
 */
export function writtenAddressesAreReadBack(): void {
  test(formatAddress, parseAddress);
}

/** A list whose names hold commas and whose comments hold semicolons is split only where an address ends. */
export function listsAreSplitBetweenAddresses(): void {
  test(parseAddressList);
}

/** An {@link AddressError} holds the text as it was given and names it in its message. */
export function errorsNameWhatTheyAreAbout(): void {
  test(parseAddress, AddressError);
}
