import { splitUnquoted, stripComments, unquote } from "./structured.js";
import type { HasParameters, Parameterized } from "./types.js";

/**
 * Parse a header value with parameters, such as `text/plain; charset=utf-8`. Comments are removed with
 * {@link stripComments}, pieces are split at ";" with {@link splitUnquoted} and quoted values unquoted with
 * {@link unquote}. Parameter names are lower-cased, the value is not. A piece without "=" or with an empty
 * name is ignored; of two parameters with one name the first counts.
 * @example parseParameterized("text/plain; Charset=\"utf-8\" (Unicode)") // => { value: "text/plain", parameters: { charset: "utf-8" } }
 * @example parseParameterized("inline") // => { value: "inline", parameters: {} }
 * @example parseParameterized("") // => { value: "", parameters: {} }
 */
export declare function parseParameterized(raw: string): Parameterized;

/**
 * A parameter by name, in any case. Only own properties count, so `constructor` is not found.
 * @example parameter({ parameters: { charset: "utf-8" } }, "Charset") // => "utf-8"
 * @example parameter({ parameters: {} }, "constructor") // => undefined
 */
export declare function parameter(from: HasParameters, name: string): string | undefined;
/**
 * The same with a fallback for a parameter that is absent.
 * @example parameter({ parameters: {} }, "charset", "us-ascii") // => "us-ascii"
 */
export declare function parameter(from: HasParameters, name: string, fallback: string): string;
