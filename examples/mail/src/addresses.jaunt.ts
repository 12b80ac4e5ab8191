import { decodeWords } from "./encoded-words.js";
import { splitUnquoted, stripComments, unquote } from "./structured.js";
import type { Address } from "./types.js";

/** An address that cannot be understood; `raw` is the text as given. */
export class AddressError extends Error {
  override readonly name: string = "AddressError";
  readonly raw: string;

  constructor(message: string, raw: string) {
    super(`${message}: ${JSON.stringify(raw)}`);
    this.raw = raw;
  }
}

/**
 * Parse one address: `ann@example.com` or `Ann Lee <ann@example.com>`. Comments go first
 * ({@link stripComments}). The display name is unquoted ({@link unquote}) and its encoded words are decoded
 * ({@link decodeWords}). The address is split at its last "@"; a quoted local part is unquoted; the domain is
 * lower-cased.
 * @throws {AddressError} when "@" is missing, a side of it is empty, "<" is not closed, text follows ">", or
 * white space stands in the domain or in an unquoted local part
 * @example parseAddress("Ann@Example.COM") // => { name: "", local: "Ann", domain: "example.com" }
 * @example parseAddress("\"Lee, Ann\" <ann@example.com>") // => { name: "Lee, Ann", local: "ann", domain: "example.com" }
 * @example parseAddress("=?utf-8?q?J=C3=B6rg?= <j@example.de> (home)") // => { name: "Jörg", local: "j", domain: "example.de" }
 * @example parseAddress("ann at example.com") // throws AddressError
 * @example parseAddress("Ann <ann@example.com") // throws AddressError
 */
export declare function parseAddress(raw: string): Address;

/**
 * Parse an address list with {@link parseAddress}, splitting at commas outside quotes and comments
 * ({@link splitUnquoted}). Members of a group (`team: a@x.org, b@x.org;`) are listed, its name is dropped. An
 * empty list or group gives no address.
 * @throws {AddressError} when one of the addresses is malformed
 * @example parseAddressList("a@x.org, B <b@x.org>").map((address) => address.local) // => ["a", "b"]
 * @example parseAddressList("undisclosed-recipients:;") // => []
 * @example parseAddressList("a@x.org, nobody") // throws AddressError
 */
export declare function parseAddressList(raw: string): Address[];

/**
 * Write an address so that {@link parseAddress} reads it back. The name is put in quotes, with `"` and `\`
 * escaped, when it holds any of `()<>[]:;@\,."`; the local part when it is more than letters, digits,
 * characters of ``!#$%&'*+-/=?^_`{|}~`` and single inner dots. Other characters are written as they are.
 * @example formatAddress({ name: "Ann Lee", local: "ann", domain: "example.com" }) // => "Ann Lee <ann@example.com>"
 * @example formatAddress({ name: "Lee, Ann", local: "ann", domain: "example.com" }) // => "\"Lee, Ann\" <ann@example.com>"
 * @example formatAddress({ name: "", local: "two words", domain: "example.com" }) // => "\"two words\"@example.com"
 * @property for all local: string where local !== "" :: parseAddress(formatAddress({ name: "", local, domain: "example.com" })).local === local
 */
export declare function formatAddress(address: Address): string;
