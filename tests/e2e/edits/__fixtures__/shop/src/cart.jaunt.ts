import { magic } from "@jaunt/spec";
import { padRight } from "./format.js";
import { addMoney, formatMoney } from "./money.js";
import type { Currency, Line, Money } from "./types.js";

/** What a customer is about to buy. */
export class Cart {
  readonly currency: Currency;
  readonly #lines: Line[] = [];

  constructor(currency: Currency) {
    this.currency = currency;
  }

  /** Puts a line in; one of a product that is there already only adds to its quantity. */
  add(line: Line): void {
    magic(line, this.#lines);
  }

  /** The sum of all lines, each its price times its quantity, added with {@link addMoney}. */
  total(): Money {
    return magic(addMoney, this.#lines);
  }

  get lines(): readonly Line[] {
    return this.#lines;
  }

  /** One line of text for the page; written by hand. */
  summary(): string {
    return padRight(`${String(this.#lines.length)} lines`, 12) + formatMoney(this.total());
  }
}
