import type { Stock } from "./stock.js";
import type { Order } from "./types.js";

/** Whether {@link Stock.take} would succeed for every line, tried line by line; what was taken stays taken. */
export declare function reserve(stock: Stock, order: Order): boolean;
