import { magic } from "@jaunt/spec";
import { decodeBase64, decodeQuotedPrintable, decodeText } from "./transfer-encoding.js";

/**
 * Decode the encoded words (RFC 2047) of a header value: `=?charset?B?…?=` is Base64 and `=?charset?Q?…?=`
 * quoted-printable in which "_" is a space; letters in any case. A language tag behind the charset
 * (`utf-8*en`) is ignored. White space between two encoded words is dropped, all other text is kept.
 * @example decodeWords("=?utf-8?Q?Gr=C3=BC=C3=9Fe_aus?= =?UTF-8?B?IEvDtmxu?=") // => "Grüße aus Köln"
 * @example decodeWords("Re: =?iso-8859-1*fr?q?=E9t=E9?= 2024") // => "Re: été 2024"
 * @example decodeWords("no words = no change?") // => "no words = no change?"
 */
export function decodeWords(value: string): string {
  return magic(value, decodeBase64, decodeQuotedPrintable, decodeText);
}
