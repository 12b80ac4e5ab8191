/**
 * Decode Base64. Characters outside the alphabet are skipped, the first "=" ends the data, and left-over bits
 * of an incomplete last group are dropped, so it never throws.
 * @example decodeText(decodeBase64("SGVs\r\nbG8="), "utf-8") // => "Hello"
 * @example decodeBase64("").length // => 0
 */
export declare function decodeBase64(text: string): Uint8Array;

/**
 * Decode quoted-printable text whose characters stand for one byte each. Blanks at the end of a line are
 * removed first; "=" at the end of a line or of the text is a soft line break; "=" that is not followed by
 * two hexadecimal digits (either case) is kept as it is. Line ends are kept as they are.
 * @example decodeText(decodeQuotedPrintable("caf=C3=A9 =\nau lait"), "utf-8") // => "café au lait"
 * @example decodeText(decodeQuotedPrintable("1 =+ 1"), "utf-8") // => "1 =+ 1"
 */
export declare function decodeQuotedPrintable(text: string): Uint8Array;

/**
 * Undo a Content-Transfer-Encoding, named in any case and with blanks around it. "7bit", "8bit", "binary" and
 * unknown names give the low byte of each character.
 * @example decodeText(decodeTransfer("SGk=", " BASE64 "), "utf-8") // => "Hi"
 * @example decodeText(decodeTransfer("Hi", "7bit"), "utf-8") // => "Hi"
 */
export declare function decodeTransfer(body: string, encoding: string): Uint8Array;

/**
 * Read bytes in a character set, by any label that `TextDecoder` knows. An unknown label is read as UTF-8;
 * bytes that make no sense become U+FFFD.
 * @example decodeText(new Uint8Array([233]), "iso-8859-1") // => "é"
 * @example decodeText(new Uint8Array([72, 105]), "klingon") // => "Hi"
 */
export declare function decodeText(bytes: Uint8Array, charset: string): string;
