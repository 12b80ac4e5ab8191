import type { Address } from "./types.js";

/** Someone who buys. */
export interface Customer extends Address {
  readonly name: string;
}

/** A customer record that cannot be read. */
export class CustomerError extends Error {
  override readonly name: string = "CustomerError";

  /** The record as one line. */
  describe(): string {
    return `bad record: ${this.message}`;
  }
}

/**
 * Read "name; street; city", trimmed.
 * @throws {CustomerError} when a part is missing or empty
 */
export declare function parseCustomer(raw: string): Customer;
