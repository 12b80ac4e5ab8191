import { Priority, type Order } from "./types.js";

/** High for orders of ten lines and more, else low. */
export declare function priorityOf(order: Order): Priority;
