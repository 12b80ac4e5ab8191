import { addMoney, formatMoney } from "./index.js";
import type { Order } from "./types.js";

/** One line per product, its title and its price by {@link formatMoney}; lines are joined by line feeds. */
export declare function printReceipt(order: Order): string;

/** What all lines cost together, by {@link addMoney} and {@link formatMoney}; "nothing" for an empty order. */
export declare function receiptTotal(order: Order): string;
