import { MONTHS, ZONES } from "./calendar.js";
import { stripComments } from "./structured.js";

/** A date that cannot be understood. */
export class DateError extends Error {
  override readonly name: string = "DateError";
}

/**
 * Parse a date of RFC 5322: `[Thu,] 21 Nov 2024 09:55[:06] zone`. Comments go first ({@link stripComments}).
 * Months are those of {@link MONTHS}, in any case. The zone is `+hhmm` or `-hhmm`, or a name of
 * {@link ZONES}, in any case; any other name means UTC, and so does no zone. Two-digit years up to 49 are
 * 2000 and later, other years of two and three digits are counted from 1900. The day of the week is not
 * compared with the date.
 * @throws {DateError} when the text has another form, or names a day, hour, minute or second that does not
 * exist (60 is a valid second)
 * @example parseDate("Thu, 21 Nov 2024 09:55:06 -0600").toISOString() // => "2024-11-21T15:55:06.000Z"
 * @example parseDate("1 jan 99 00:00 EST (New York)").toISOString() // => "1999-01-01T05:00:00.000Z"
 * @example parseDate("30 Feb 2024 10:00 +0000") // throws DateError
 * @example parseDate("yesterday") // throws DateError
 */
export declare function parseDate(raw: string): Date;

/**
 * Write a date as RFC 5322 wants it, in a zone `offsetMinutes` east of UTC (default 0), with the day of the
 * week and seconds. Month names are those of {@link MONTHS}. {@link parseDate} reads it back to the second.
 * @throws {DateError} when the date is invalid
 * @example formatDate(new Date("2024-11-21T15:55:06Z")) // => "Thu, 21 Nov 2024 15:55:06 +0000"
 * @example formatDate(new Date("2024-11-21T23:30:00Z"), 90) // => "Fri, 22 Nov 2024 01:00:00 +0130"
 * @example formatDate(new Date(Number.NaN)) // throws DateError
 * @property for all seconds: nat, offset: int<-720, 840> :: parseDate(formatDate(new Date(seconds * 1000), offset)).getTime() === seconds * 1000
 */
export declare function formatDate(date: Date, offsetMinutes?: number): string;
