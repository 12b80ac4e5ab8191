import type { MonthName } from "./types.js";

/**
 * Month names of RFC 5322 to their number, January being 1; keys in calendar order.
 * @example MONTHS.Jan // => 1
 * @example MONTHS.Dec // => 12
 * @example Object.keys(MONTHS).length // => 12
 */
export declare const MONTHS: Readonly<Record<MonthName, number>>;

/**
 * The zone names of RFC 5322 section 4.3 (UT, GMT, EST, EDT, CST, CDT, MST, MDT, PST, PDT) and "Z" to their
 * offset in minutes east of UTC.
 * @example ZONES.get("PDT") // => -420
 * @example ZONES.get("Z") // => 0
 * @example ZONES.size // => 11
 */
export declare const ZONES: ReadonlyMap<string, number>;
