/** The module that the invented answers implement. */
export const durationSpec = `/**
 * Parses a duration such as "5m", "1.5h", "250ms" or "10s" into milliseconds. Surrounding white space is ignored.
 * @throws {DurationError} when the text is not a duration
 * @example parseDuration("5m") // => 300000
 * @example parseDuration(" 10s ") // => 10000
 * @example parseDuration("1.5h") // => 5400000
 * @example parseDuration("250ms") // => 250
 * @example parseDuration("5 m") // throws DurationError
 * @example parseDuration("1s2") // throws DurationError
 */
export declare function parseDuration(text: string): number;

/** Raised for an invalid duration. */
export declare class DurationError extends Error {
  constructor(message: string);
}
`;

/** A source that implements it. */
export const durationSource = `export class DurationError extends Error {
  constructor(message: string) {
    super(message);
    this.name = "DurationError";
  }
}

const UNITS: Record<string, number> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };

export function parseDuration(text: string): number {
  const match = /^(\\d+(?:\\.\\d+)?)(ms|s|m|h)$/.exec(text.trim());
  if (!match) {
    throw new DurationError(\`invalid duration: \${text}\`);
  }
  return Number(match[1]) * (UNITS[match[2] as string] as number);
}
`;
