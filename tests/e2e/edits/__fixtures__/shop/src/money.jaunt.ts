import type { Money } from "./types.js";

/** Two amounts in different currencies. */
export class CurrencyError extends Error {
  override readonly name: string = "CurrencyError";
}

/**
 * Write an amount as people read it: units, a dot, two digits of cents, a blank and the currency.
 * @example formatMoney({ cents: 1250, currency: "EUR" }) // => "12.50 EUR"
 * @example formatMoney({ cents: 5, currency: "USD" }) // => "0.05 USD"
 */
export declare function formatMoney(money: Money): string;

/**
 * Add two amounts of one currency.
 * @throws {CurrencyError} when their currencies differ
 * @example addMoney({ cents: 1, currency: "EUR" }, { cents: 2, currency: "EUR" }) // => { cents: 3, currency: "EUR" }
 */
export declare function addMoney(left: Money, right: Money): Money;
