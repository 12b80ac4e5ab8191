export interface Email {
  readonly local: string;
  readonly domain: string;
}

export class EmailError extends Error {}

/**
 * Parse an address. Splits at the last "@", lower-cases the domain.
 * @throws {EmailError} when there is no "@" or a side is empty
 * @example parseEmail("Ann@Example.COM") // => { local: "Ann", domain: "example.com" }
 * @example parseEmail("example.com") // throws EmailError
 */
export declare function parseEmail(raw: string): Email;
