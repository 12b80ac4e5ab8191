import { parseParameterized } from "./parameters.js";
import type { ContentType } from "./types.js";

/**
 * Parse a Content-Type value with {@link parseParameterized}; type and subtype are lower-cased. An absent or
 * malformed value (not exactly one "/" with text on both sides) is `text/plain; charset=us-ascii`, as RFC
 * 2045 section 5.2 says.
 * @example parseContentType("Text/HTML; charset=utf-8") // => { type: "text", subtype: "html", parameters: { charset: "utf-8" } }
 * @example parseContentType(undefined) // => { type: "text", subtype: "plain", parameters: { charset: "us-ascii" } }
 * @example parseContentType("nonsense") // => { type: "text", subtype: "plain", parameters: { charset: "us-ascii" } }
 */
export declare function parseContentType(raw: string | undefined): ContentType;

/**
 * The media type alone, as `type/subtype`.
 * @example mediaType({ type: "image", subtype: "png", parameters: {} }) // => "image/png"
 */
export declare function mediaType(contentType: ContentType): string;
