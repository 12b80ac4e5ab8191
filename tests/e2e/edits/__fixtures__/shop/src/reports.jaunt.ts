import { productTitle } from "./products.js";
import { printReceipt, receiptTotal } from "./receipt.js";
import type { Order, Product } from "./types.js";

/** One line for the log: {@link productTitle} of a product; of an order its id and {@link receiptTotal}. */
export declare function describe(what: Product): string;
export declare function describe(what: Order): string;

/** Every order's {@link printReceipt}, with an empty line between two. */
export declare function dailyReport(orders: readonly Order[]): string;
